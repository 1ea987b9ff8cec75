//! POST /agent/access/grants/{grant}/revoke: takes a role back.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::GrantId;

use super::grants_page;
use crate::actions::grants;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Takes it back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    let id = GrantId::parse(request.param("grant")).map_err(|_| ApiError::not_found())?;
    let grant = grants::revoke(ctx, &id).await?;
    Ok(flash::see_other(ctx, &grants_page::address(&grant), &flash::success("flash-grant-ended")))
}
