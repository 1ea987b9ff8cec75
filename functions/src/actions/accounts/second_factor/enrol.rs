//! Setting a second factor up, taking it away, and making its recovery codes anew.
//!
//! Whatever changes here is written to the person by mail, and ends their other sessions: what was opened without the factor, or with one
//! that is gone, does not go on.

use serde_json::{Value, json};
use shared::auth::signer::sha256_hex;
use shared::auth::{recovery, totp};
use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::id::UserId;
use shared::mail::templates::SecurityEvent;
use shared::platform::Wake;
use shared::store::second_factors::{self as store, Factor, Sealed};
use shared::store::sessions::{self, Kind};
use shared::store::users::{self, Account};

use super::{code, throttle};
use crate::actions::accounts::throttle::Verdict;
use crate::actions::accounts::{notices, step_up};
use crate::actions::{audit, open_pages};
use crate::context::Ctx;

/// A secret for an authenticator: what it is told, by picture or by hand.
pub struct Offer {
    /// The secret in base32.
    pub secret: String,
    /// The `otpauth:` address that the picture shows.
    pub address: String,
}

/// What somebody gets who has set it up.
pub struct Enrolled {
    /// The recovery codes: this is the only time that they are shown.
    pub codes: Vec<String>,
    /// The session's next cookie, of a browser.
    pub cookie: Option<String>,
}

/// What guards the account of the person who is signed in.
pub async fn status(ctx: &Ctx<'_>) -> Result<Factor, ApiError> {
    load(ctx).await
}

/// Whether the tenant asks for a second factor of this person: for their role, or for one that is granted or lent to them.
pub fn is_required(ctx: &Ctx<'_>) -> bool {
    let required = &ctx.tenant.settings().mfa_required_roles;
    ctx.actor.person().is_some_and(|person| person.further_roles.iter().chain([&person.role]).any(|role| required.contains(role)))
}

/// Begins to set it up, or begins anew. 409 when there is one.
pub async fn begin(ctx: &Ctx<'_>) -> Result<Offer, ApiError> {
    step_up::require_recent(ctx)?;
    let person = ctx.person()?;
    let secret = totp::secret(ctx.platform);
    let sealed = code::seal(ctx, &person.id, &secret)?;
    let mut batch: Vec<TenantStatement> = store::begin(&person.id, &sealed, ctx.config().data_keys.current_id(), ctx.now).into();
    batch.push(audit::line(ctx, "account.second_factor_begun", person.id.as_str(), json!({})));
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("conflict") => return Err(ApiError::conflict("second_factor_on")),
        other => other?,
    };
    offer(ctx, &secret)
}

/// What was begun, to be shown once more. 404 when nothing was.
pub async fn begun(ctx: &Ctx<'_>) -> Result<Offer, ApiError> {
    step_up::require_recent(ctx)?;
    let factor = load(ctx).await?;
    offer(ctx, &code::open(ctx, &ctx.person()?.id, factor.begun().ok_or_else(ApiError::not_found)?)?)
}

/// Ends the set-up with the first code. 422 when it is wrong, 409 when nothing was begun.
pub async fn confirm(ctx: &Ctx<'_>, typed: &str) -> Result<Enrolled, ApiError> {
    let person = ctx.person()?;
    let throttle = throttle(ctx, &person.id);
    let mut batch = throttle.statements();
    batch.push(store::of_user(&person.id, None));
    let rows = ctx.db.batch(batch).await?;
    if throttle.verdict(&rows)? != Verdict::Within {
        return Err(ApiError::too_many(throttle.retry_after_seconds));
    }
    let nothing = || ApiError::conflict("second_factor_not_begun");
    let factor = rows.last().map(Rows::first::<Factor>).transpose()?.flatten().ok_or_else(nothing)?;
    if factor.confirmed_at.is_some() {
        return Err(ApiError::conflict("second_factor_on"));
    }
    let sealed = factor.begun().ok_or_else(nothing)?;
    let secret = code::open(ctx, &person.id, sealed)?;
    let step = totp::step_of(&secret, typed, ctx.now).ok_or_else(|| wrong("code"))?;

    let codes = recovery::fresh(ctx.platform);
    let cookie = fresh_cookie(ctx);
    let digest = cookie.as_ref().map(|cookie| sha256_hex(cookie.as_bytes()));
    let mut batch: Vec<TenantStatement> = store::confirm(&person.id, sealed, step, ctx.now).into();
    batch.extend(store::replace_codes(&person.id, &digests(&codes), ctx.now));
    batch.push(sessions::verified(&person.session, ctx.now, Some(ctx.now), digest.as_deref()));
    batch.extend(told(ctx, "account.second_factor_on", json!({}), SecurityEvent::SecondFactorOn)?);
    batch.push(throttle.forget());
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("conflict") => return Err(nothing()),
        other => other?,
    };
    finish(ctx)?;
    Ok(Enrolled { codes, cookie })
}

/// Takes it away. 404 when there is none.
pub async fn remove(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    step_up::require_recent(ctx)?;
    let mut batch: Vec<TenantStatement> = store::remove(&ctx.person()?.id).into();
    batch.extend(told(ctx, "account.second_factor_off", json!({}), SecurityEvent::SecondFactorOff)?);
    ctx.db.batch(batch).await?;
    finish(ctx)
}

/// Takes somebody else's away, passkeys and all, whose devices and recovery codes are lost: they sign in by password again. 404 when there
/// is none.
pub async fn remove_of(ctx: &Ctx<'_>, user: &UserId) -> Result<(), ApiError> {
    step_up::require_recent(ctx)?;
    let owner = ctx.db.run(users::by_id(user)).await?.first::<Account>()?.ok_or_else(ApiError::not_found)?;
    let mut batch: Vec<TenantStatement> = store::remove_all(user).into();
    batch.extend([
        sessions::revoke_of_user(user, ctx.now, None),
        audit::line(ctx, "user.second_factor_removed", user.as_str(), json!({})),
        notices::mail(ctx, user, &owner.email, owner.locale, SecurityEvent::SecondFactorOff),
    ]);
    ctx.db.batch(batch).await?;
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    open_pages::end_person(ctx, user, None);
    Ok(())
}

/// Makes the recovery codes anew; the former ones are gone. 404 without a second factor.
pub async fn renew_codes(ctx: &Ctx<'_>) -> Result<Vec<String>, ApiError> {
    step_up::require_recent(ctx)?;
    let person = ctx.person()?;
    let codes = recovery::fresh(ctx.platform);
    let mut batch: Vec<TenantStatement> = store::replace_codes(&person.id, &digests(&codes), ctx.now).into();
    batch.push(audit::line(ctx, "account.recovery_codes_renewed", person.id.as_str(), json!({})));
    batch.push(notices::to_self(ctx, SecurityEvent::RecoveryCodesRenewed)?);
    ctx.db.batch(batch).await?;
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(codes)
}

/// Seals secrets under the present key that are still under a former one; answers how many.
pub async fn reseal_due(ctx: &Ctx<'_>, limit: u32) -> Result<usize, ApiError> {
    let key = ctx.config().data_keys.current_id();
    let former: Vec<Sealed> = ctx.db.run(store::sealed_otherwise(key, limit)).await?.all()?;
    let mut batch = Vec::with_capacity(former.len());
    for row in &former {
        let sealed = code::seal(ctx, &row.user, &code::open(ctx, &row.user, &row.secret)?)?;
        batch.push(store::reseal(&row.user, &sealed, key, &row.secret));
    }
    ctx.db.batch(batch).await?;
    Ok(former.len())
}

async fn load(ctx: &Ctx<'_>) -> Result<Factor, ApiError> {
    ctx.db.run(store::of_user(&ctx.person()?.id, None)).await?.first()?.ok_or_else(ApiError::not_found)
}

fn offer(ctx: &Ctx<'_>, secret: &[u8]) -> Result<Offer, ApiError> {
    let address = totp::address(secret, ctx.tenant.name(), &ctx.person()?.email);
    let address = address.ok_or_else(|| ApiError::internal("a secret has no address"))?;
    Ok(Offer { secret: totp::written(secret), address })
}

/// The audit line of a change, the mail about it, and the end of the person's other sessions.
pub(in crate::actions::accounts) fn told(
    ctx: &Ctx<'_>,
    action: &str,
    detail: Value,
    event: SecurityEvent,
) -> Result<Vec<TenantStatement>, ApiError> {
    let person = ctx.person()?;
    Ok(vec![
        sessions::revoke_of_user(&person.id, ctx.now, Some(&person.session)),
        audit::line(ctx, action, person.id.as_str(), detail),
        notices::to_self(ctx, event)?,
    ])
}

/// What follows the batch of [`told`].
pub(in crate::actions::accounts) fn finish(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    let person = ctx.person()?;
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    open_pages::end_person(ctx, &person.id, Some(&person.session));
    Ok(())
}

/// A session of a browser goes on under another cookie once more is proven in it.
pub(in crate::actions::accounts) fn fresh_cookie(ctx: &Ctx<'_>) -> Option<String> {
    let is_browser = ctx.standing.as_ref().is_some_and(|standing| standing.kind == Kind::Browser);
    is_browser.then(|| ctx.ids().secret(32))
}

pub(in crate::actions::accounts) fn digests(codes: &[String]) -> Vec<String> {
    codes.iter().filter_map(|code| recovery::digest(code)).collect()
}

fn wrong(field: &str) -> ApiError {
    ApiError::invalid(vec![FieldError::new(field, "wrong_code")])
}
