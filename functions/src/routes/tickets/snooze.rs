//! GET /api/tickets/{ticket}/snooze: until when its assignee has put it off; everybody of the desk.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::TicketRow;

use super::reference;
use crate::actions::snoozes::Until;
use crate::actions::tickets::load;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Until when a ticket is put off.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SnoozeView {
    /// The moment; null until the client answers, which brings every ticket back.
    until: Option<DateTime<Utc>>,
}

/// The same in an envelope.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SnoozeAnswer {
    /// Null where the ticket is not put off.
    data: Option<SnoozeView>,
}

pub(super) fn answer(row: &TicketRow) -> Response {
    let data = Until::of(row).map(|until| SnoozeView { until: until.moment() });
    Response::json(200, &SnoozeAnswer { data })
}

pub(super) fn example() -> Value {
    json!({"data": {"until": "2026-03-03T06:00:00Z"}})
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Show whether a ticket is put off")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .answers::<SnoozeAnswer>(200, "Until when, or null", example())
        .refuses(&[401, 403, 404])
}

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(answer(&load(ctx, &reference(ctx, &request)?, Vec::new()).await?.row))
}
