//! GET /api/redoc: the API to read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::content_security_policy;
use crate::context::PlatformCtx;
use crate::pages::engine::asset;

/// Shows Redoc over the document.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &PlatformCtx<'_>, _request: Request) -> Result<Response, ApiError> {
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>WorkerNet API</title></head><body><div id=\"document\"></div><script nonce=\"{nonce}\" src=\"{js}\"></script>\
         <script nonce=\"{nonce}\">Redoc.init('/api/openapi.json',{{disableSearch:false}},document.getElementById('document'))</script></body></html>",
        js = asset("redoc.js"),
        nonce = ctx.nonce,
    );
    Ok(Response::html(200, page).with("content-security-policy", content_security_policy(&ctx.nonce)))
}
