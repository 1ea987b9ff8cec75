//! GET /api/identity-providers/{provider}: everybody with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{IdentityProviderView, answer, example, id};
use crate::actions::sso::configure;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("identity-providers", "Show a provider of identities")
        .path("provider", "Its id (idp_...)")
        .sends_etag()
        .answers::<IdentityProviderView>(200, "The provider; ETag is its version", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(answer(ctx, 200, configure::find(ctx, &id(&request)?).await?))
}
