//! DELETE /api/api-keys/{key}: those with access.manage revoke it.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::api_keys;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("api-keys", "Revoke an API key")
        .about(
            "It and the tokens that it was exchanged for are good for nothing from the next request on; nobody has to prove anything for that. \
             It stays in the list as revoked.",
        )
        .path("key", "Its id (key_...)")
        .answers_empty(204, "It is revoked")
        .refuses(&[401, 403, 404])
}

/// Revokes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    api_keys::revoke(ctx, &id(&request)?, None).await?;
    Ok(Response::empty(204))
}
