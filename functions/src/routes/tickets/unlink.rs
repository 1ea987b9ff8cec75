//! DELETE /api/tickets/{ticket}/links/{link}: staff with ticket:update.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::LinkId;

use super::reference;
use crate::actions::relations::unlink;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Remove a link")
        .path("ticket", "One of the two tickets: its id (tkt_...) or number (ACME-1042)")
        .path("link", "The link's id (lnk_...)")
        .answers_empty(204, "Removed")
        .refuses(&[401, 403, 404])
}

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let link = LinkId::parse(request.param("link")).map_err(|_| ApiError::not_found())?;
    unlink(ctx, &reference, &link).await?;
    Ok(Response::empty(204))
}
