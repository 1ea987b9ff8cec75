//! POST /agent/access/directories/{directory}/people/{user}/remove: an account is nobody's of a directory any more.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;

use super::directory_form::id;
use crate::actions::directories::link;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Unlinks.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    let id = id(&request)?;
    let user = UserId::parse(request.param("user")).map_err(|_| ApiError::not_found())?;
    link::unlink(ctx, &id, &user).await?;
    Ok(flash::see_other(ctx, &format!("/agent/access/directories/{id}"), &flash::success("flash-saved")))
}
