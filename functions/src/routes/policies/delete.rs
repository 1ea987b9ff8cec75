//! `DELETE /api/policies/{access_policy}`: those with access.manage remove a policy.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::policies;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("policies", "Remove a policy")
        .path("access_policy", "Its id (pol_...)")
        .header("If-Match", "The ETag that was read; may be left out")
        .answers_empty(204, "It is gone")
        .refuses(&[401, 403, 404, 409, 412])
}

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    policies::remove(ctx, &id(&request)?, IfMatch::read_if_sent(&request)?).await?;
    Ok(Response::empty(204))
}
