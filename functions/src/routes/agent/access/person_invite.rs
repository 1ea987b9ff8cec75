//! POST /agent/access/people/{user}/invite: mails a fresh link for choosing a password.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;

use crate::actions::people;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Sends it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = UserId::parse(request.param("user")).map_err(|_| ApiError::not_found())?;
    form::read(ctx, &mut request).await?;
    people::invite(ctx, &id).await?;
    Ok(flash::see_other(ctx, &format!("/agent/access/people/{id}"), &flash::success("flash-person-invited")))
}
