//! GET /api/api-keys/{key}: one key, all but the key itself. Everybody with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{ApiKeyView, answer, example, id};
use crate::actions::api_keys;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("api-keys", "Show an API key")
        .path("key", "Its id (key_...)")
        .sends_etag()
        .answers::<ApiKeyView>(200, "The key; ETag is its version", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(answer(ctx, api_keys::find(ctx, &id(&request)?).await?))
}
