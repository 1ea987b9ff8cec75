//! Whether a passkey is believed, whatever it is used for.
//!
//! Nothing of the answer depends on why one is not: an unknown one, a wrong signature and a challenge that is over are the same to whoever
//! sent it. The audit log has the reason. A challenge is used up by the first try, good or not.

use serde_json::json;
use shared::auth::jwk::PublicKey;
use shared::auth::webauthn::{Assertion, Fault, Signed, goes_on};
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::id::UserId;
use shared::mail::templates::SecurityEvent;
use shared::store::passkey_challenges::{self, Purpose};
use shared::store::passkeys::{self as store, Known};
use shared::store::users::Status;

use super::{challenge, place};
use crate::actions::accounts::notices;
use crate::actions::accounts::throttle::{Throttle, Verdict};
use crate::actions::audit;
use crate::context::Ctx;

/// A passkey that is believed: using it is the caller's batch.
pub struct Proven {
    /// The passkey and its owner.
    pub known: Known,
    signed: Signed,
    challenge_hash: String,
}

/// One that is not.
pub struct Refused {
    /// Why.
    pub fault: Fault,
    /// The passkey that it says to be, if there is such a one.
    pub known: Option<Known>,
    challenge_hash: Option<String>,
}

impl Proven {
    /// Uses it, and the challenge up. Refuses the batch (`already_done`, `conflict`) when another was quicker, or the owner was shut out.
    pub fn use_up(&self, ctx: &Ctx<'_>) -> Vec<TenantStatement> {
        let mut batch: Vec<TenantStatement> = passkey_challenges::use_up(&self.challenge_hash, ctx.now).into();
        batch.extend(store::used(&self.known, self.signed.sign_count, self.signed.is_backed_up, ctx.now));
        batch
    }
}

impl Refused {
    /// What a refusal brings about, beside its line in the audit log: the challenge is done with, and the owner of what may have been copied
    /// is written to; the caller wakes the outbox.
    pub fn consequences(&self, ctx: &Ctx<'_>) -> Vec<TenantStatement> {
        let mut batch: Vec<TenantStatement> =
            self.challenge_hash.iter().map(|hash| passkey_challenges::spend(hash, ctx.now)).collect();
        if let Some(known) = self.known.as_ref().filter(|_| self.fault == Fault::Counter) {
            let detail = json!({ "passkey": known.id });
            batch.push(audit::refusal_of(ctx, &ctx.actor.reference(), "account.passkey_doubted", known.user.as_str(), detail));
            batch.push(notices::mail(ctx, &known.user, &known.email, known.locale, SecurityEvent::PasskeyDoubted));
        }
        batch
    }
}

/// Judges what somebody sent for this purpose: by anybody's passkey, or by one of this person. 429 beyond the throttle's limits, which count
/// the try.
pub async fn judge(
    ctx: &Ctx<'_>,
    assertion: &Assertion,
    purpose: Purpose,
    user: Option<&UserId>,
    throttle: &Throttle,
) -> Result<Result<Proven, Refused>, ApiError> {
    let challenge_hash = assertion.challenge().map(|challenge| challenge::digest(&challenge));
    let credential = assertion.credential();
    let mut load = throttle.statements();
    load.push(passkey_challenges::live(challenge_hash.as_deref().unwrap_or_default(), purpose, user, ctx.now));
    load.push(store::by_credential(credential.as_deref().unwrap_or_default()));
    let rows = ctx.db.batch(load).await?;
    if throttle.verdict(&rows)? != Verdict::Within {
        return Err(ApiError::too_many(throttle.retry_after_seconds));
    }
    let [.., live, found] = rows.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let known = found.first::<Known>()?;
    let challenge_hash = match challenge_hash {
        Ok(hash) => hash,
        Err(fault) => return Ok(Err(Refused { fault, known, challenge_hash: None })),
    };
    let verdict = match (&known, live.is_empty()) {
        (_, true) => Err(Fault::Challenge),
        (None, false) => Err(Fault::Unknown),
        (Some(known), false) => believe(ctx, assertion, known, user).await?,
    };
    Ok(match (verdict, known) {
        (Ok(signed), Some(known)) => Ok(Proven { known, signed, challenge_hash }),
        (Ok(_), None) => return Err(ApiError::internal("a passkey was believed that is not there")),
        (Err(fault), known) => Err(Refused { fault, known, challenge_hash: Some(challenge_hash) }),
    })
}

/// Checks a known passkey's answer to a good challenge.
async fn believe(
    ctx: &Ctx<'_>,
    assertion: &Assertion,
    known: &Known,
    user: Option<&UserId>,
) -> Result<Result<Signed, Fault>, ApiError> {
    let signed = match check(ctx, assertion, known, user) {
        Ok(signed) => signed,
        Err(fault) => return Ok(Err(fault)),
    };
    let key = PublicKey::stored(&known.algorithm, known.public_key.clone());
    let key = key.ok_or_else(|| ApiError::internal(format!("the key of {} is of no kind", known.id)))?;
    let is_signed = match signed.signature(&key) {
        Some(signature) => ctx.platform.is_signed(&key, &signed.message, &signature).await,
        None => false,
    };
    Ok(if !is_signed {
        Err(Fault::Signature)
    } else if goes_on(known.sign_count, signed.sign_count) {
        Ok(signed)
    } else {
        Err(Fault::Counter)
    })
}

/// Everything but signature and counter.
fn check(ctx: &Ctx<'_>, assertion: &Assertion, known: &Known, user: Option<&UserId>) -> Result<Signed, Fault> {
    // Where nobody has said yet who they are, the authenticator must.
    let is_named = match (assertion.user_handle(), user) {
        (Some(handle), _) => handle == known.handle,
        (None, Some(_)) => true,
        (None, None) => false,
    };
    if !is_named || user.is_some_and(|user| *user != known.user) {
        return Err(Fault::Unknown);
    }
    if known.status != Status::Active {
        return Err(Fault::Owner);
    }
    let signed = assertion.check(&place(ctx))?;
    // Whether it can be copied is decided when it is made (W3C Web Authentication level 3, 6.1.3).
    if signed.is_backup_eligible == known.backup_eligible { Ok(signed) } else { Err(Fault::Malformed) }
}
