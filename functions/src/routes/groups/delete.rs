//! DELETE /api/groups/{group}: those with access.manage remove a group.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::groups;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("groups", "Remove a group")
        .about("Its memberships go with it, and so does all that was granted to it: members lose it at their next request.")
        .path("group", "Its id (grp_...)")
        .header("If-Match", "The ETag that was read; may be left out")
        .answers_empty(204, "It is gone")
        .refuses(&[401, 403, 404, 409, 412, 422])
}

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    groups::remove(ctx, &id(&request)?, IfMatch::read_if_sent(&request)?).await?;
    Ok(Response::empty(204))
}
