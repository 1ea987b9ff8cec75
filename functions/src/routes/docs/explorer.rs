//! GET /api/docs: the API to try out.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::content_security_policy;
use crate::context::PlatformCtx;
use crate::pages::engine::asset;

/// Shows Swagger UI over the document.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &PlatformCtx<'_>, _request: Request) -> Result<Response, ApiError> {
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>WorkerNet API</title><link rel=\"stylesheet\" href=\"{css}\"></head><body><div id=\"explorer\"></div>\
         <script nonce=\"{nonce}\" src=\"{js}\"></script><script nonce=\"{nonce}\">SwaggerUIBundle({{url:'/api/openapi.json',dom_id:'#explorer',\
         deepLinking:true,persistAuthorization:false}})</script></body></html>",
        css = asset("swagger-ui.css"),
        js = asset("swagger-ui.js"),
        nonce = ctx.nonce,
    );
    Ok(Response::html(200, page).with("content-security-policy", content_security_policy(&ctx.nonce)))
}
