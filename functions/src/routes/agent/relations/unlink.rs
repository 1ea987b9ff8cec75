//! POST /agent/tickets/{number}/unlink: a link is taken away.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::LinkId;

use crate::actions::relations::unlink;
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Takes the link away.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let here = request.param("number").to_owned();
    let this = reference(ctx, &here)?;
    let sent = form::read(ctx, &mut request).await?;
    let id = LinkId::parse(sent.get("link").unwrap_or_default()).map_err(|_| ApiError::not_found())?;
    unlink(ctx, &this, &id).await?;
    Ok(flash::see_other(ctx, &format!("/agent/tickets/{here}"), &flash::success("flash-saved")))
}
