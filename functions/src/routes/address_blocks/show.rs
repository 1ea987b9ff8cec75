//! GET /api/address-blocks/{block}: those with tenant.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{BlockView, example, id};
use crate::actions::blocks;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("security", "Show a blocked address")
        .path("block", "Its id (blk_...)")
        .answers::<BlockView>(200, "The block", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &BlockView::from(blocks::find(ctx, &id(&request)?).await?)))
}
