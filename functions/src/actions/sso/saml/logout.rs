//! Signing out by SAML 2.0 (core, 3.7): our orders and what is answered to them, and the provider's orders.

use serde_json::json;
use shared::auth::signer::Signer;
use shared::error::ApiError;
use shared::id::IdentityProviderId;
use shared::oidc::settings::Preset;
use shared::saml::Fault;
use shared::saml::assertion::NameId;
use shared::saml::connection::Theirs;
use shared::saml::logout::{self, Outgoing};
use shared::saml::redirect::{self, Kind, Query};
use shared::saml::signature::Verified;
use shared::store::external_identities::{self, Hint, Subject};
use shared::store::identity_providers::IdentityProvider;

use super::{entity_id, halves, logout_at, message_id, once};
use crate::actions::sso::configure;
use crate::actions::{audit, open_pages};
use crate::context::Ctx;

/// Signs of the random part of an order's id; as many follow that say that it is ours.
const RANDOM_CHARS: usize = 32;

/// The id of an order of ours to this provider. It vouches for itself, so that nothing has to be remembered until the answer comes, and the
/// answer may come in a form of another site, where no cookie comes along.
fn order_id(signer: &Signer, tenant: &str, provider: &IdentityProviderId, random: &str) -> String {
    let mark = signer.sign("saml-logout", &[tenant, provider.as_str(), random]);
    message_id(&[random, mark.get(..RANDOM_CHARS).unwrap_or_default()].concat())
}

/// Where a browser goes on to sign out at the provider that has opened its session.
pub async fn sign_out(ctx: &Ctx<'_>, provider: &IdentityProvider, hint: Option<&Hint>) -> Option<String> {
    let (theirs, key) = halves(ctx, provider)?;
    let endpoint = &theirs.logout.as_ref()?.orders;
    let name: NameId = serde_json::from_str(hint?.logout_hint.as_deref()?).ok()?;
    let id = order_id(&ctx.signer(), ctx.tenant.id().as_str(), &provider.id, &ctx.ids().secret(RANDOM_CHARS / 2));
    let order = Outgoing { id: &id, destination: endpoint, entity_id: &entity_id(ctx, &provider.id) };
    let message = order.order(&name, hint?.sid.as_deref(), ctx.now);
    redirect::address(endpoint, (Kind::Request, &message), None, &key, ctx.platform).await
}

/// A message about signing out.
#[derive(Debug, Clone, Copy)]
pub enum Arrived<'a> {
    /// In a query, as it was written.
    Query(&'a str),
    /// In a form.
    Form {
        /// It.
        message: &'a str,
        /// What whoever ordered it wants to have back.
        relay_state: Option<&'a str>,
    },
}

/// Carries a provider's order to end sessions out. Answers where the browser goes with our answer, if the provider takes one. 401
/// `sso_failed` when the order is not to be believed, or was carried out before.
pub async fn ordered(ctx: &Ctx<'_>, id: &IdentityProviderId, arrived: Arrived<'_>) -> Result<Option<String>, ApiError> {
    let provider = configure::find(ctx, id).await?;
    if provider.settings.preset != Preset::Saml {
        return Err(ApiError::not_found());
    }
    let (theirs, key) = halves(ctx, &provider).ok_or_else(ApiError::not_found)?;
    let message = verified(ctx, theirs, arrived).await;
    let order = message.and_then(|message| logout::ordered(&message, expected(&provider, &logout_at(ctx, id)), ctx.now));
    let order = order.map_err(|fault| ApiError::sso_failed(fault.as_str()))?;
    let subject = Subject { provider: &provider.id, issuer: &provider.settings.issuer, subject: &order.name.value };
    let mut batch = vec![external_identities::spend(&once(&provider, &order.id), order.remember_until)];
    batch.extend(external_identities::end_named(subject, &order.sessions, ctx.now));
    let detail = json!({ "name": provider.settings.name, "label": order.name.value, "sessions": order.sessions.len() });
    batch.push(audit::line(ctx, "identity_provider.signed_out", provider.id.as_str(), detail));
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("sso_attempts.state_hash") => {
            return Err(ApiError::sso_failed(Fault::Replayed.as_str()));
        }
        other => other?,
    };
    open_pages::renew_everybody(ctx);
    let Some(logout) = &theirs.logout else { return Ok(None) };
    let own = message_id(&ctx.ids().secret(16));
    let answer = Outgoing { id: &own, destination: &logout.answers, entity_id: &entity_id(ctx, &provider.id) };
    let message = answer.answer(&order.id, ctx.now);
    let relay_state = match arrived {
        Arrived::Query(text) => Query::read(text).ok().and_then(|query| query.relay_state()),
        Arrived::Form { relay_state, .. } => relay_state.map(str::to_owned),
    };
    let carried = (Kind::Response, message.as_str());
    Ok(redirect::address(&logout.answers, carried, relay_state.as_deref(), &key, ctx.platform).await)
}

/// What a provider has answered to an order of ours: whether everybody has ended the session. Our own has ended before the order left.
pub async fn answered(ctx: &Ctx<'_>, id: &IdentityProviderId, arrived: Arrived<'_>) -> Result<Result<(), Fault>, ApiError> {
    let provider = configure::find(ctx, id).await?;
    let theirs = provider.saml.as_ref().and_then(|connection| connection.theirs.as_ref()).ok_or_else(ApiError::not_found)?;
    let message = match verified(ctx, theirs, arrived).await {
        Ok(message) => message,
        Err(fault) => return Ok(Err(fault)),
    };
    let asked = message.element().attribute("InResponseTo").unwrap_or_default();
    let random = asked.get(1..=RANDOM_CHARS).unwrap_or_default();
    let order = order_id(&ctx.signer(), ctx.tenant.id().as_str(), id, random);
    Ok(logout::answered(&message, &order, expected(&provider, &logout_at(ctx, id)), ctx.now))
}

fn expected<'a>(provider: &'a IdentityProvider, address: &'a str) -> logout::Expected<'a> {
    logout::Expected { issuer: &provider.settings.issuer, address }
}

async fn verified(ctx: &Ctx<'_>, theirs: &Theirs, arrived: Arrived<'_>) -> Result<Verified, Fault> {
    let keys = theirs.keys();
    match arrived {
        Arrived::Query(text) => Query::read(text)?.verify(&keys, ctx.platform).await,
        Arrived::Form { message, .. } => logout::verify_posted(&redirect::posted(message)?, &keys, ctx.platform).await,
    }
}
