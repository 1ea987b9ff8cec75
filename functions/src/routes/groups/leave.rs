//! DELETE /api/groups/{group}/members/{user}: those with access.manage take somebody out.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;

use super::id;
use crate::actions::groups;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("groups", "Take somebody out of a group")
        .about("What was granted to the group is no longer the person's at the next request.")
        .path("group", "Its id (grp_...)")
        .path("user", "Id of the person")
        .answers_empty(204, "They are out of it")
        .refuses(&[401, 403, 404, 409, 422])
}

/// Takes them out.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let user = UserId::parse(request.param("user")).map_err(|_| ApiError::not_found())?;
    groups::leave(ctx, &id(&request)?, &user).await?;
    Ok(Response::empty(204))
}
