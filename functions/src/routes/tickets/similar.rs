//! GET /api/tickets/{ticket}/similar: the desk.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::similar::SimilarRow;
use shared::ticket::Status;

use super::reference;
use crate::actions::similar;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Tickets like one.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SimilarTickets {
    /// The most alike first.
    data: Vec<SimilarTicket>,
}

/// A ticket that may be about the same.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SimilarTicket {
    /// `tkt_...`
    id: String,
    /// `ACME-1042`
    number: String,
    /// Title.
    title: String,
    /// Status.
    status: Status,
    /// Name of whoever asked.
    requester: String,
    /// When it was last changed.
    updated_at: DateTime<Utc>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Similar tickets")
        .about(
            "Tickets that have words of the title in common, at most five: among the latest of the requester, of the organization and of \
             the category.",
        )
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .answers::<SimilarTickets>(
            200,
            "The most alike first",
            json!({"data": [{
                "id": "tkt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "number": "ACME-987", "title": "Posting stops", "status": "resolved",
                "requester": "Anna", "updated_at": "2026-03-02T07:30:00Z"
            }]}),
        )
        .refuses(&[401, 403, 404])
}

/// Finds them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let (_, found) = similar::of_ticket(ctx, &reference(ctx, &request)?, Vec::new()).await?;
    let one = |row: SimilarRow| SimilarTicket {
        id: row.id.to_string(),
        number: ctx.tenant.ticket_reference(row.number),
        title: row.title,
        status: row.status,
        requester: row.requester_name,
        updated_at: row.updated_at,
    };
    Ok(Response::json(200, &SimilarTickets { data: found.into_iter().map(one).collect() }))
}
