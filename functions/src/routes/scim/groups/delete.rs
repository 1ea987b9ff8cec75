//! DELETE /scim/v2/Groups/{group}: programs with access.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::scim::groups;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::scim("Delete a group")
        .about("Its memberships and what was granted to it go with it.")
        .path("group", "Id of the group")
        .header("If-Match", "The version that was read; may be left out")
        .answers_empty(204, "Done")
        .refuses(&[400, 401, 404, 412])
}

/// Deletes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    groups::remove(ctx, &id(&request)?, request.headers.get("if-match")).await?;
    Ok(Response::empty(204))
}
