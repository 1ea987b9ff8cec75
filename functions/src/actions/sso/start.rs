//! Beginning a sign-in: the browser is sent to the provider, and takes along, sealed, what it has to bring back.
//!
//! Nothing is written but a count where the provider has to be asked first, so that whoever merely begins leaves nothing behind. What would be dangerous to begin on behalf of
//! somebody else is begun by our own pages only.

use chrono::TimeDelta;
use shared::access::Permission;
use shared::auth::envelope::About;
use shared::auth::signer::sha256_hex;
use shared::error::ApiError;
use shared::id::{IdentityProviderId, SessionId};
use shared::limits::{LOGIN_ATTEMPTS_PER_NETWORK, LOGIN_WINDOW_SECONDS};
use shared::oidc::attempt::{ATTEMPT_SECONDS, Attempt, NEXT_CHARS_MAX, Purpose};
use shared::oidc::discovery::Metadata;
use shared::oidc::settings::{IdentityProviderIn, Preset};
use shared::store::identity_providers::IdentityProvider;
use url::Url;

use super::steps::Steps;
use super::{configure, reach, saml};
use crate::actions::accounts::step_up;
use crate::actions::accounts::throttle::{Throttle, Verdict, network};
use crate::context::Ctx;

/// Bytes of state, nonce and verifier.
const SECRET_BYTES: usize = 32;

/// A sign-in that has begun.
pub struct Begun {
    /// Where the browser goes.
    pub location: String,
    /// What it keeps.
    pub sealed: String,
}

/// Begins. 404 when there is no such provider, or nobody may sign in by it; 503 when it cannot be asked; 429 after too many from one network.
pub async fn begin(ctx: &Ctx<'_>, id: &IdentityProviderId, purpose: Purpose, next: &str) -> Result<Begun, ApiError> {
    let session = admitted(ctx, purpose)?;
    let provider = find(ctx, id, purpose).await?;
    // One that speaks SAML is not asked.
    if provider.saml.is_none() && provider.fresh(ctx.now).is_none() {
        count(ctx).await?;
    }
    let (state, nonce, verifier) = (secret(ctx), secret(ctx), secret(ctx));
    let attempt = Attempt {
        provider: provider.id.clone(),
        version: provider.version,
        purpose,
        session,
        nonce,
        verifier,
        expires: (ctx.now + TimeDelta::seconds(ATTEMPT_SECONDS)).timestamp(),
        next: if next.len() <= NEXT_CHARS_MAX { next.to_owned() } else { String::new() },
    };
    let location = if provider.settings.preset == Preset::Saml {
        saml::address(ctx, &provider, &attempt, &state).await?
    } else {
        let found = reach::metadata(ctx, &provider, &mut Steps::default()).await;
        let (metadata, _) = found.map_err(|failure| ApiError::sso_unreachable(failure.detail))?;
        address(ctx, &provider.settings, &metadata, &attempt, &state)?
    };
    Ok(Begun { location, sealed: seal(ctx, &state, &attempt)? })
}

/// The provider, if it may be gone to for that. 404.
pub async fn find(ctx: &Ctx<'_>, id: &IdentityProviderId, purpose: Purpose) -> Result<IdentityProvider, ApiError> {
    let provider = configure::find(ctx, id).await?;
    if provider.settings.enabled || purpose == Purpose::Test { Ok(provider) } else { Err(ApiError::not_found()) }
}

/// Counts that a provider is asked on behalf of somebody who has shown nothing yet.
pub(super) async fn count(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    let throttle =
        Throttle::within(ctx, LOGIN_WINDOW_SECONDS).limit(&["sso-network", &network(&ctx.network)], LOGIN_ATTEMPTS_PER_NETWORK);
    let rows = ctx.db.batch(throttle.statements()).await?;
    if throttle.verdict(&rows)? == Verdict::Within { Ok(()) } else { Err(ApiError::too_many(throttle.retry_after_seconds)) }
}

/// The session that the sign-in is for, where it is for one.
fn admitted(ctx: &Ctx<'_>, purpose: Purpose) -> Result<Option<SessionId>, ApiError> {
    match purpose {
        Purpose::SignIn => return Ok(None),
        Purpose::Test if !ctx.actor.may(Permission::AccessManage) => return Err(ApiError::forbidden()),
        Purpose::Link => step_up::require_recent(ctx)?,
        Purpose::Prove if step_up::by_code(ctx) => return Err(ApiError::field("code", "missing_field")),
        Purpose::Test | Purpose::Prove => {}
    }
    Ok(Some(ctx.person()?.session.clone()))
}

fn secret(ctx: &Ctx<'_>) -> String {
    ctx.ids().secret(SECRET_BYTES)
}

fn about<'a>(ctx: &'a Ctx<'_>, digest: &'a str) -> About<'a> {
    About { purpose: "sso", tenant: ctx.tenant.id(), owner: digest }
}

fn seal(ctx: &Ctx<'_>, state: &str, attempt: &Attempt) -> Result<String, ApiError> {
    let plain = serde_json::to_vec(attempt).map_err(ApiError::internal)?;
    let sealed = ctx.config().data_keys.seal(about(ctx, &sha256_hex(state.as_bytes())), &plain, ctx.platform);
    sealed.ok_or_else(|| ApiError::internal("a sign-in could not be sealed"))
}

/// What the browser has brought back, if it belongs to this state: nothing else opens it.
pub(super) fn unseal(ctx: &Ctx<'_>, state: &str, sealed: &str) -> Option<Attempt> {
    let plain = ctx.config().data_keys.open(about(ctx, &sha256_hex(state.as_bytes())), sealed)?;
    serde_json::from_slice(&plain).ok()
}

/// Where the browser goes (`OpenID` Connect Core 1.0, 3.1.2.1; RFC 7636, 4.3).
fn address(
    ctx: &Ctx<'_>,
    settings: &IdentityProviderIn,
    metadata: &Metadata,
    attempt: &Attempt,
    state: &str,
) -> Result<String, ApiError> {
    let mut url = Url::parse(&metadata.authorization_endpoint).map_err(ApiError::internal)?;
    let scope = ["openid"].into_iter().chain(settings.scopes.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
    let mut query = url.query_pairs_mut();
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", &settings.client_id),
        ("redirect_uri", &configure::redirect_uri(ctx, &attempt.provider)),
        ("scope", &scope),
        ("state", state),
        ("nonce", &attempt.nonce),
        ("code_challenge", &attempt.challenge()),
        ("code_challenge_method", "S256"),
    ] {
        query.append_pair(name, value);
    }
    if !settings.acr_values.is_empty() {
        query.append_pair("acr_values", &settings.acr_values.join(" "));
    }
    if attempt.purpose == Purpose::Prove {
        query.append_pair("prompt", "login").append_pair("max_age", "0");
    }
    drop(query);
    Ok(url.into())
}
