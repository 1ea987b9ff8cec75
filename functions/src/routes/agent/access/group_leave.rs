//! POST /agent/access/groups/{group}/members/{user}/remove: takes somebody out.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;

use super::group_edit;
use crate::actions::groups;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Takes them out.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = group_edit::id(&request)?;
    let user = UserId::parse(request.param("user")).map_err(|_| ApiError::not_found())?;
    form::read(ctx, &mut request).await?;
    groups::leave(ctx, &id, &user).await?;
    Ok(flash::see_other(ctx, &format!("/agent/access/groups/{id}"), &flash::success("flash-saved")))
}
