//! The second half of signing in: the code that follows the password.
//!
//! What answers the password is good for one sign-in, for five minutes and for five tries. To the one who types, a wrong code, a used
//! one, a late one and one for a sign-in that is over are the same.

use chrono::TimeDelta;
use serde_json::json;
use shared::auth::recovery;
use shared::auth::signer::sha256_hex;
use shared::auth::sms::Purpose;
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::id::UserId;
use shared::limits::{CHALLENGE_SECONDS, CHALLENGE_TRIES};
use shared::mail::templates::SecurityEvent;
use shared::platform::Wake;
use shared::store::external_identities::{self, Opening};
use shared::store::sessions::Kind;
use shared::store::sign_in_challenges::{self as store, Owed, Ways};

use super::code::{self, Held};
use super::{sms, throttle};
use crate::actions::accounts::notices;
use crate::actions::accounts::sign_in::{self, SignedIn};
use crate::actions::accounts::throttle::Verdict;
use crate::actions::audit;
use crate::context::Ctx;

/// Asks for the second factor of somebody whose password was right, or whom a provider of identities has named: the secret to answer with, and
/// the statements that the caller writes.
pub fn challenge(ctx: &Ctx<'_>, user: &UserId, opening: Option<&Opening<'_>>) -> (String, Vec<TenantStatement>) {
    let token = ctx.ids().secret(32);
    let expires_at = ctx.now + TimeDelta::seconds(CHALLENGE_SECONDS);
    let batch = vec![
        store::insert(&sha256_hex(token.as_bytes()), user, opening, ctx.now, expires_at),
        audit::line_of(ctx, user.as_str(), "session.challenged", user.as_str(), json!({})),
    ];
    (token, batch)
}

/// By what the second factor can be given that is owed with this secret; `None` when that sign-in is over.
pub async fn ways(ctx: &Ctx<'_>, token: &str) -> Result<Option<Ways>, ApiError> {
    let found = ctx.db.run(store::ways(&sha256_hex(token.as_bytes()), ctx.now)).await?.first::<Ways>()?;
    Ok(found.map(|ways| Ways { phone: sms::reachable(ctx, ways.phone), ..ways }))
}

/// Opens the session that the password alone did not.
pub async fn verify(ctx: &Ctx<'_>, token: &str, typed: &str, kind: Kind) -> Result<SignedIn, ApiError> {
    let token_hash = sha256_hex(token.as_bytes());
    let digest = recovery::digest(typed);
    let load = vec![store::count_try(&token_hash, ctx.now), store::owed(&token_hash, ctx.now, digest.as_deref())];
    let rows = ctx.db.batch(load).await?;
    let [tries, owed] = rows.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let Some((attempt, owed)) = store::counted(tries)?.zip(owed.first::<Owed>()?) else {
        return Err(ApiError::bad_second_factor());
    };
    let held = Held {
        user: &owed.id,
        email: &owed.email,
        locale: owed.locale,
        sealed: owed.secret.as_deref(),
        last_step: owed.last_step,
        is_recovery_code: owed.is_recovery_code,
        sms_code: owed.sms_code.as_deref(),
        place: (Purpose::SignIn, &token_hash),
    };
    let throttle = throttle(ctx, &owed.id);
    let Some(good) = code::judge(ctx, &held, typed)? else { return Err(refuse(ctx, &held, attempt).await?) };

    let (session_batch, session, secret) = sign_in::open(ctx, &owed.id, kind, Some(good.name()));
    let mut batch = throttle.guarded();
    batch.extend(session_batch);
    batch.extend(external_identities::finished(&session, &token_hash, &owed.id, ctx.now));
    batch.extend(store::use_up(&token_hash, ctx.now));
    batch.extend(good.use_up(ctx, &held));
    batch.push(throttle.forget());
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("limit") => return Err(ApiError::too_many(throttle.retry_after_seconds)),
        Err(error) if error.is_refused_by("already_done") => return Err(ApiError::bad_second_factor()),
        other => other?,
    };
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    sign_in::left(ctx, kind);
    Ok(SignedIn { user: owed.id, role: owed.role, session, secret })
}

/// Counts and notes a code that was not good; answers the refusal. The person is written to when nothing is left to try: whoever it was
/// knows the password.
async fn refuse(ctx: &Ctx<'_>, held: &Held<'_>, attempt: i64) -> Result<ApiError, ApiError> {
    let throttle = throttle(ctx, held.user);
    let mut batch = throttle.statements();
    let user = held.user.as_str();
    batch.push(audit::line(ctx, "session.refused", user, json!({ "reason": "second_factor" })));
    if attempt == CHALLENGE_TRIES {
        batch.push(notices::mail(ctx, held.user, held.email, held.locale, SecurityEvent::CodesRefused));
        ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    }
    let rows = ctx.db.batch(batch).await?;
    Ok(match throttle.verdict(&rows)? {
        Verdict::Within => ApiError::bad_second_factor(),
        Verdict::JustOver | Verdict::Over => ApiError::too_many(throttle.retry_after_seconds),
    })
}
