//! PATCH and PUT /api/tickets/{ticket}: staff with ticket:update and ticket:assign; the requester closes and reopens.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::{ChangesIn, TicketView};

use super::{changed, example, reference};
use crate::actions::tickets::{Changes, IfMatch, update};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Change a ticket")
        .about(
            "Fields that are left out stay as they are, with PUT too; null empties a field that may be empty. If-Match names the version \
             that the change is based on; \"*\" takes any. A field that is unknown, derived or not yours to set is 422.",
        )
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .header("If-Match", "The ETag that was read, or *")
        .request::<ChangesIn>(json!({"status": "in_progress", "priority": "high", "assignee": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b"}))
        .sends_etag()
        .answers::<TicketView>(200, "The ticket as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422, 428])
}

/// Changes the ticket.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let if_match = IfMatch::read(&request)?;
    let changes = Changes::parse(body::json::<ChangesIn>(&mut request).await?)?;
    let (row, followers) = update(ctx, &reference, if_match, &changes).await?;
    Ok(changed(ctx, &row, &followers))
}
