//! DELETE /api/address-blocks/{block}: those with tenant.manage let an address in again.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::blocks;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("security", "Let a blocked address in again")
        .path("block", "Its id (blk_...)")
        .answers_empty(204, "It is let in, everywhere within half a minute")
        .refuses(&[401, 403, 404])
}

/// Lets it in.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    blocks::remove(ctx, &id(&request)?).await?;
    Ok(Response::empty(204))
}
