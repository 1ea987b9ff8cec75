//! DELETE /api/tickets/{ticket}: staff with ticket:delete. The ticket is hidden, not destroyed.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::reference;
use crate::actions::tickets::{IfMatch, delete};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Delete a ticket")
        .about("The ticket can be restored. If-Match is honoured where it is given.")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .header("If-Match", "The ETag that was read, or *")
        .answers_empty(204, "Deleted")
        .refuses(&[401, 403, 404, 412])
}

/// Hides the ticket.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let if_match = IfMatch::read_if_sent(&request)?;
    delete(ctx, &reference(ctx, &request)?, if_match).await?;
    Ok(Response::empty(204))
}
