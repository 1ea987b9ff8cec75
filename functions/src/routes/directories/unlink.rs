//! DELETE /api/directories/{directory}/people/{user}: those with access.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;

use super::id;
use crate::actions::directories::link;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("directories", "Unlink an account")
        .about(
            "The account stays and has no password; its owner chooses one by mail. Its sessions end. Asks for a recent proof of identity.",
        )
        .path("directory", "Its id (dir_...)")
        .path("user", "The person's id (usr_...)")
        .answers_empty(204, "They are no longer the same")
        .refuses(&[401, 403, 404])
}

/// Unlinks.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let user = UserId::parse(request.param("user")).map_err(|_| ApiError::not_found())?;
    link::unlink(ctx, &id(&request)?, &user).await?;
    Ok(Response::empty(204))
}
