//! Signing out, here and at the provider that has opened the session (`OpenID` Connect RP-Initiated Logout 1.0; SAML core, 3.7).

use serde_json::json;
use shared::error::ApiError;
use shared::oidc::address;
use shared::oidc::settings::Preset;
use shared::store::external_identities::{self, Hint};
use shared::store::identity_providers::{self, IdentityProvider};
use shared::store::sessions;
use url::Url;

use super::{reach, saml};
use crate::actions::{audit, open_pages};
use crate::context::Ctx;

/// Where a browser goes on to sign out.
pub struct Elsewhere {
    /// What the provider is called.
    pub name: String,
    /// Its address for that.
    pub location: String,
}

/// Ends the request's session. Answers where to go on, if the provider that has opened it takes that.
pub async fn sign_out(ctx: &Ctx<'_>) -> Result<Option<Elsewhere>, ApiError> {
    let Some(person) = ctx.actor.person() else { return Ok(None) };
    let session = &person.session;
    let rows = ctx
        .db
        .batch(vec![
            identity_providers::of_session(session),
            external_identities::hint(session),
            sessions::revoke(session, ctx.now),
            audit::line(ctx, "session.closed", session.as_str(), json!({})),
        ])
        .await?;
    open_pages::end_session(ctx, session);
    let [provider, hint, ..] = rows.as_slice() else { return Err(ApiError::internal("a batch of four answered otherwise")) };
    let provider = provider.first::<IdentityProvider>()?;
    let hint = hint.first::<Hint>()?;
    let Some(provider) = provider.filter(|provider| provider.settings.sign_out_there) else { return Ok(None) };
    if provider.settings.preset == Preset::Saml {
        let location = saml::logout::sign_out(ctx, &provider, hint.as_ref()).await;
        return Ok(location.map(|location| Elsewhere { name: provider.settings.name, location }));
    }
    Ok(elsewhere(ctx, &provider, hint.and_then(|hint| hint.logout_hint).as_deref()))
}

/// The client's id stands for the ID token as a hint of who asks (2, `client_id`): tokens are not kept.
fn elsewhere(ctx: &Ctx<'_>, provider: &IdentityProvider, hint: Option<&str>) -> Option<Elsewhere> {
    let settings = &provider.settings;
    let endpoint = provider.metadata.as_ref()?.end_session_endpoint.as_deref()?;
    address::checked(endpoint, reach::bounds(ctx))?;
    let mut url = Url::parse(endpoint).ok()?;
    url.query_pairs_mut()
        .append_pair("client_id", &settings.client_id)
        .append_pair("post_logout_redirect_uri", &ctx.link("/login"));
    if let Some(hint) = hint {
        url.query_pairs_mut().append_pair("logout_hint", hint);
    }
    Some(Elsewhere { name: settings.name.clone(), location: url.into() })
}
