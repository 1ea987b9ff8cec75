//! DELETE /api/tickets/{ticket}/snooze: whoever the ticket is assigned to.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::reference;
use crate::actions::snoozes::wake;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Bring a ticket back")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .answers_empty(204, "It is in the queue of its assignee")
        .refuses(&[401, 403, 404, 409, 412])
}

/// Brings it back.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    wake(ctx, &reference(ctx, &request)?).await?;
    Ok(Response::empty(204))
}
