//! DELETE /scim/v2/Users/{user}: programs with user.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::scim::people;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::scim("Delete a person")
        .about("The account is disabled and its sessions end; tickets keep the name. By SCIM the person is not there any more until made again.")
        .path("user", "Id of the person")
        .header("If-Match", "The version that was read; may be left out")
        .answers_empty(204, "Done")
        .refuses(&[401, 404, 409, 412])
}

/// Disables them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    people::delete(ctx, &id(&request)?, request.headers.get("if-match")).await?;
    Ok(Response::empty(204))
}
