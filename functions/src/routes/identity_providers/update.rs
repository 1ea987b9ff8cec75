//! PUT /api/identity-providers/{provider}: those with access.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::oidc::settings::IdentityProviderIn;

use super::{IdentityProviderView, answer, example, example_in, id};
use crate::actions::sso::configure;
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("identity-providers", "Replace a provider of identities")
        .about(
            "The whole of it as it is to be; what is left out takes its default, except for the client's secret: it stays, unless issuer or \
             client change; then it has to be given anew. People are known by issuer and subject: under another issuer they are others. Asks \
             for a recent proof of identity. Nobody gives a role that they cannot give themselves, unless it stands there already and nothing \
             changes of who is given it (403 `more_than_own`).",
        )
        .path("provider", "Its id (idp_...)")
        .header("If-Match", "The ETag that was read, or *")
        .request::<IdentityProviderIn>(example_in())
        .sends_etag()
        .answers::<IdentityProviderView>(200, "The provider as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422, 428])
}

/// Replaces it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let if_match = IfMatch::read(&request)?;
    let form = body::json::<IdentityProviderIn>(&mut request).await?;
    Ok(answer(ctx, 200, configure::replace(ctx, &id, if_match, form).await?))
}
