//! DELETE /api/organizations/{organization}: one to which nobody and nothing belongs.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::organizations;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("organizations", "Remove an organization")
        .about("Refused (409 `in_use`) while people or tickets belong to it, disabled people and finished tickets among them.")
        .path("organization", "Id of the organization")
        .answers_empty(204, "It is gone")
        .refuses(&[401, 403, 404, 409])
}

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    organizations::remove(ctx, &id(&request)?).await?;
    Ok(Response::empty(204))
}
