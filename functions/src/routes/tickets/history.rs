//! GET /api/tickets/{ticket}/history: everybody who sees the ticket; internal lines are for staff.

use serde::Serialize;
use serde_json::json;
use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::history;
use shared::ticket::HistoryView;

use super::reference;
use crate::actions::tickets::load;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Lines that one answer carries: the latest of a long life.
const LINES_MAX: u32 = 500;

/// The timeline of a ticket.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Timeline {
    /// Every change, oldest first; of a very long life the latest 500.
    data: Vec<HistoryView>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "History of a ticket")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .answers::<Timeline>(
            200,
            "Every change: who, when, from, to",
            json!({"data": [{
                "id": "evt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "at": "2026-03-02T07:30:00Z",
                "actor": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Boris"}, "kind": "status", "visibility": "public",
                "from": "new", "to": "in_progress"
            }]}),
        )
        .refuses(&[401, 403, 404])
}

/// Answers with the timeline.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let internal = ctx.actor.may(Permission::TicketReadInternal);
    let mut loaded = load(ctx, &reference, vec![history::of_ticket(&reference, internal, LINES_MAX)]).await?;
    let lines = history::lines(&loaded.next()?)?;
    Ok(Response::json(200, &Timeline { data: lines.iter().map(HistoryView::of).collect() }))
}
