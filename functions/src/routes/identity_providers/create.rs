//! POST /api/identity-providers: those with access.manage set a provider up.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::oidc::settings::IdentityProviderIn;

use super::{IdentityProviderView, answer, example, example_in};
use crate::actions::sso::configure;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("identity-providers", "Set a provider of identities up")
        .about(
            "People sign in by OpenID Connect: code flow with PKCE. `preset` says what the issuer has to look like: `google` is \
             https://accounts.google.com, `microsoft` https://login.microsoftonline.com/{directory}/v2.0 with the id of one company's directory. \
             Asks for a recent proof of identity (403 `step_up_required`); nobody gives a role by it that holds more than they hold \
             themselves (403 `more_than_own`). The client's secret is sealed and never shown. The answer names the `redirect_uri` that the \
             provider has to know. One of the preset `saml` speaks SAML 2.0: it takes `metadata`, or a `metadata_url` that they are fetched \
             from, instead of issuer, client and scopes, and the provider imports what is at `entity_id`. Try it out with `/test`.",
        )
        .request::<IdentityProviderIn>(example_in())
        .sends_etag()
        .sends_location()
        .answers::<IdentityProviderView>(201, "The provider; Location and ETag name it and its version", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Sets it up.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let provider = configure::create(ctx, body::json::<IdentityProviderIn>(&mut request).await?).await?;
    let location = format!("/api/identity-providers/{}", provider.id);
    Ok(answer(ctx, 201, provider).with("location", location))
}
