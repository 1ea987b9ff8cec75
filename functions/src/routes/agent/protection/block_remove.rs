//! POST /agent/security/blocks/{block}/remove: lets an address in again.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::BlockId;

use super::blocks::ADDRESS;
use crate::actions::blocks;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Lets it in.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = BlockId::parse(request.param("block")).map_err(|_| ApiError::not_found())?;
    form::read(ctx, &mut request).await?;
    blocks::remove(ctx, &id).await?;
    Ok(flash::see_other(ctx, ADDRESS, &flash::success("flash-saved")))
}
