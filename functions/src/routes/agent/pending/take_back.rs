//! POST /agent/tickets/{number}/pending/{pending}/take-back: a message that has not gone out is a draft again. Its writer alone.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::PendingId;

use crate::actions::tickets::pending::take_back;
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Takes it back. One that went out meanwhile stands in the conversation.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let here = request.param("number").to_owned();
    let this = reference(ctx, &here)?;
    let id = PendingId::parse(request.param("pending")).map_err(|_| ApiError::not_found())?;
    form::read(ctx, &mut request).await?;
    take_back(ctx, &this, &id).await?;
    Ok(flash::see_other(ctx, &format!("/agent/tickets/{here}#reply"), &flash::success("flash-taken-back")))
}
