//! GET /api/tickets/{ticket}/links: staff.

use serde::Serialize;
use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::reference;
use crate::actions::relations::{LinkView, links};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Links of a ticket.
#[derive(Serialize, utoipa::ToSchema)]
pub struct LinkList {
    /// At most 200, oldest first.
    data: Vec<LinkView>,
}

/// A link for the API document.
pub(super) fn sample() -> Value {
    json!({
        "id": "lnk_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "kind": "child",
        "ticket": {"id": "tkt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "number": "ACME-1040", "title": "Year-end closing", "status": "in_progress"},
        "created_at": "2026-03-02T07:30:00Z"
    })
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Links of a ticket")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .answers::<LinkList>(200, "The links, as this ticket sees them", json!({"data": [sample()]}))
        .refuses(&[401, 403, 404])
}

/// Lists them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let data = links(ctx, &reference(ctx, &request)?).await?;
    Ok(Response::json(200, &LinkList { data }))
}
