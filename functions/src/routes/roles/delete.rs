//! DELETE /api/roles/{role}: those with access.manage remove a role that nobody has.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::own;
use crate::actions::roles;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("roles", "Remove a role")
        .about("Refused (409 `role_in_use`) while somebody has it, or a grant gives it now or later.")
        .path("role", "Its id (rol_...)")
        .header("If-Match", "The ETag that was read; may be left out")
        .answers_empty(204, "It is gone")
        .refuses(&[401, 403, 404, 409, 412])
}

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    roles::remove(ctx, &own(&request)?, IfMatch::read_if_sent(&request)?).await?;
    Ok(Response::empty(204))
}
