//! GET /api/openapi.json: the API document (`OpenAPI` 3.1), for anybody.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::context::PlatformCtx;
use crate::openapi::document::text;

/// Answers the document.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(_ctx: &PlatformCtx<'_>, _request: Request) -> Result<Response, ApiError> {
    let text = text().map_err(ApiError::internal)?;
    Ok(Response::bytes(200, "application/json", text.as_bytes().to_vec()).with("cache-control", "public, max-age=300"))
}
