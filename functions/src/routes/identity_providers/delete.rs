//! DELETE /api/identity-providers/{provider}: those with access.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::sso::configure;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("identity-providers", "Remove a provider of identities")
        .about(
            "Its people keep their accounts; who has no password chooses one by mail. Sessions that it has opened end. Asks for a recent \
             proof of identity.",
        )
        .path("provider", "Its id (idp_...)")
        .header("If-Match", "The ETag that was read; may be left out")
        .answers_empty(204, "It is gone")
        .refuses(&[401, 403, 404, 412])
}

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    configure::remove(ctx, &id(&request)?, IfMatch::read_if_sent(&request)?).await?;
    Ok(Response::empty(204))
}
