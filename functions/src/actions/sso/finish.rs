//! A browser comes back from a provider.
//!
//! What it brings back must open with the state that came along, which it does in that browser only, once, and for some minutes. Then the
//! code is exchanged, and what is made of it depends on what somebody was after. Those who merely look (`Test`) see each step; all others
//! hear no more than that it did not work: why, stands in the audit log.

use chrono::DateTime;
use serde_json::{Map, Value, json};
use shared::auth::signer::sha256_hex;
use shared::database::Rows;
use shared::error::ApiError;
use shared::id::{IdentityProviderId, UserId};
use shared::oidc::attempt::{Attempt, Purpose};
use shared::store::external_identities;
use shared::store::identity_providers::{self as store, IdentityProvider};

pub use super::exchange::Answer;
use super::exchange::{LEVEL, exchange};
use super::steps::{Failure, Steps, Tried};
use super::{configure, enter, identities, probe, saml, start};
use crate::actions::accounts::sign_in::Entry;
use crate::actions::audit;
use crate::context::Ctx;

/// What came of it.
pub enum Finished {
    /// In, or as far as the second factor; then on to this path.
    Entered(Entry, String),
    /// The browser is somebody's already: on to this path.
    Already(String),
    /// Linked.
    Linked,
    /// Proven; the session's next cookie; then on to this path.
    Proven(Option<String>, String),
    /// Looked at.
    Tested(Box<Tested>),
}

/// What a provider was seen to say.
pub struct Tested {
    /// Which one.
    pub provider: IdentityProvider,
    /// The steps that were taken.
    pub steps: Vec<Tried>,
    /// What it said of the person.
    pub claims: Map<String, Value>,
    /// What stands beside every page of the desk.
    pub counts: Rows,
}

/// Brings a sign-in to its end. 404 when there is no such provider; 401 `sso_over` when it is none of this browser's; 401 `sso_failed`, 403
/// `sso_level`, 503 `sso_unreachable`, 403 `sso_no_access`, 403 `sso_not_linked`, 409 `external_identity_linked`.
pub async fn finish(
    ctx: &Ctx<'_>,
    id: &IdentityProviderId,
    answer: &Answer<'_>,
    sealed: Option<&str>,
) -> Result<Finished, ApiError> {
    let begun = sealed.and_then(|sealed| start::unseal(ctx, answer.state, sealed));
    let begun = begun.filter(|attempt| attempt.provider == *id && attempt.is_live(ctx.now));
    let (attempt, by_itself) = if let Some(attempt) = begun {
        (attempt, None)
    } else {
        let provider = configure::find(ctx, id).await?;
        (saml::unsolicited(ctx, &provider, answer).ok_or_else(ApiError::sso_over)?, Some(provider))
    };
    let session = ctx.actor.person().map(|person| &person.session);
    if attempt.purpose == Purpose::SignIn {
        if session.is_some() {
            return Ok(Finished::Already(attempt.next));
        }
    } else if attempt.session.is_none() || attempt.session.as_ref() != session {
        return Err(ApiError::sso_over());
    }
    let provider = match by_itself {
        Some(provider) => provider,
        None => claim(ctx, &attempt, answer.state).await?,
    };
    let mut steps = Steps::default();
    let said = exchange(ctx, &provider, &attempt, answer, &mut steps).await;
    if attempt.purpose == Purpose::Test {
        let tested = probe::tested(ctx, provider, steps, said).await?;
        return Ok(Finished::Tested(Box::new(tested)));
    }
    let said = match said {
        Ok(said) => said,
        Err(failure) => return Err(refuse(ctx, &provider, &failure)),
    };
    match attempt.purpose {
        Purpose::SignIn => {
            let entry = enter::enter(ctx, &provider, said).await?;
            Ok(Finished::Entered(entry, attempt.next))
        }
        Purpose::Link => identities::link(ctx, &provider, said).await.map(|()| Finished::Linked),
        Purpose::Prove | Purpose::Test => {
            let cookie = identities::prove(ctx, &provider, said).await?;
            Ok(Finished::Proven(cookie, attempt.next))
        }
    }
}

/// Uses the sign-in up, and finds the provider as it was when that began.
async fn claim(ctx: &Ctx<'_>, attempt: &Attempt, state: &str) -> Result<IdentityProvider, ApiError> {
    let expires = DateTime::from_timestamp(attempt.expires, 0).ok_or_else(ApiError::sso_over)?;
    let spend = external_identities::spend(&sha256_hex(state.as_bytes()), expires);
    let rows = match ctx.db.batch(vec![spend, store::show(&attempt.provider)]).await {
        Err(error) if error.is_refused_by("sso_attempts.state_hash") => return Err(ApiError::sso_over()),
        other => other?,
    };
    let provider = rows.last().map(Rows::first::<IdentityProvider>).transpose()?.flatten();
    let is_it = |provider: &IdentityProvider| {
        provider.version == attempt.version && (provider.settings.enabled || attempt.purpose == Purpose::Test)
    };
    provider.filter(is_it).ok_or_else(ApiError::sso_over)
}

/// Notes why nobody comes in.
fn refuse(ctx: &Ctx<'_>, provider: &IdentityProvider, failure: &Failure) -> ApiError {
    note(ctx, provider, None, failure.reason);
    let cause = format!("{}: {}", failure.step.as_str(), failure.detail);
    match failure.reason {
        LEVEL => ApiError::sso_level(),
        _ if failure.is_unreachable => ApiError::sso_unreachable(cause),
        _ => ApiError::sso_failed(cause),
    }
}

/// Notes, once the answer is on its way, that somebody was refused whom a provider has sent: the person of this account, if it is known whose
/// it is.
pub(super) fn note(ctx: &Ctx<'_>, provider: &IdentityProvider, account: Option<&UserId>, reason: &str) {
    let detail = json!({ "reason": "sso", "fault": reason, "provider": provider.id, "name": provider.settings.name });
    let subject = account.map_or(provider.id.as_str(), UserId::as_str);
    let line = audit::refusal_of(ctx, &ctx.actor.reference(), "session.refused", subject, detail);
    ctx.after.write(ctx.db.bound(line));
}
