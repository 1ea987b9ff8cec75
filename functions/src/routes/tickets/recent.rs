//! GET /api/tickets/recent: the tickets that somebody of the desk has opened last.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::opened::{OpenedTickets, recent};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "List the tickets that I have opened last")
        .about("The last twenty at the desk's pages, the latest first; closed ones too, but none that I see no more.")
        .answers::<OpenedTickets>(200, "They, the latest first", example())
        .refuses(&[401, 403, 422])
}

/// A ticket that was opened.
pub(in crate::routes) fn example() -> serde_json::Value {
    json!({"data": [{
        "number": "ACME-1042", "title": "Invoice 4711 is not posted", "status": "new", "unread": true, "draft": false,
        "opened_at": "2026-03-02T07:00:00Z"
    }]})
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    Ok(Response::json(200, &recent(ctx).await?))
}
