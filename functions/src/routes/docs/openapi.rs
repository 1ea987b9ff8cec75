//! GET /api/openapi.json: the API document (`OpenAPI` 3.1), for anybody.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::context::PlatformCtx;
use crate::openapi::FILE;

/// Answers the document.
pub async fn handle(ctx: &PlatformCtx<'_>, _request: Request) -> Result<Response, ApiError> {
    let document = ctx.platform.asset(FILE).await.map_err(ApiError::internal)?;
    Ok(Response::bytes(200, "application/json", document).with("cache-control", "public, max-age=300"))
}
