//! Codes by SMS: the number that they go to, and sending them.
//!
//! They are offered where the tenant wants them and the deployment has a gateway. A number that was confirmed counts as a second factor
//! whether or not they are still offered: taking the offer back must not leave a password alone where two factors were. Its owner signs in by
//! recovery code then.

use serde_json::json;
use shared::auth::recovery;
use shared::auth::signer::sha256_hex;
use shared::auth::sms::{self, Asked, Purpose};
use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::id::UserId;
use shared::limits::{SMS_CODE_SECONDS, SMS_PER_ACCOUNT, SMS_PER_NUMBER, SMS_PER_TENANT, SMS_WAIT_SECONDS, SMS_WINDOW_SECONDS};
use shared::mail::templates::SecurityEvent;
use shared::platform::Wake;
use shared::store::outbox::{self, NewSms};
use shared::store::phones::{self as store, Pending, Reached};
use shared::store::{second_factors, sessions, sign_in_challenges};

use super::enrol::{self, Enrolled};
use super::throttle;
use crate::actions::accounts::step_up;
use crate::actions::accounts::throttle::{Throttle, Verdict};
use crate::actions::audit;
use crate::context::Ctx;

/// Whether codes by SMS are offered here.
pub fn is_offered(ctx: &Ctx<'_>) -> bool {
    ctx.tenant.settings().sms_codes && ctx.config().sms.is_there()
}

/// The number that a code can go to, of what was found: none where codes by SMS are not offered.
pub fn reachable(ctx: &Ctx<'_>, phone: Option<String>) -> Option<String> {
    phone.filter(|_| is_offered(ctx))
}

/// Begins to add a number, or begins anew, and sends a code there; answers what of the number may be shown. 409 `sms_unavailable` where codes
/// by SMS are not offered, `phone_on` when there is a number, 429 when too many codes were asked for.
pub async fn begin(ctx: &Ctx<'_>, typed: &str) -> Result<String, ApiError> {
    step_up::require_recent(ctx)?;
    offered(ctx)?;
    let person = ctx.person()?;
    let number = sms::number(typed)
        .ok_or_else(|| ApiError::field("number", if typed.trim().is_empty() { "missing_field" } else { "bad_phone_number" }))?;
    let to = Reached { number: number.clone(), user: person.id.clone(), locale: person.locale };
    let mut batch: Vec<TenantStatement> = store::begin(&person.id, &number, ctx.now).into();
    batch.push(audit::line(ctx, "account.phone_begun", person.id.as_str(), json!({ "number": sms::masked(&number) })));
    send(ctx, &to, Purpose::Confirm, &number, batch).await?;
    Ok(sms::masked(&number))
}

/// What of the number that is being added may be shown. 404 when none is.
pub async fn begun(ctx: &Ctx<'_>) -> Result<Pending, ApiError> {
    ctx.db.run(store::pending(&ctx.person()?.id, ctx.now)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Adds the number by the code that was sent to it. The recovery codes are empty unless it is the person's first second factor. 422 when the
/// code is wrong, 409 when nothing was begun.
pub async fn confirm(ctx: &Ctx<'_>, typed: &str) -> Result<Enrolled, ApiError> {
    step_up::require_recent(ctx)?;
    offered(ctx)?;
    let person = ctx.person()?;
    let throttle = throttle(ctx, &person.id);
    let mut batch = throttle.statements();
    batch.extend([store::count_try(&person.id, Purpose::Confirm), store::pending(&person.id, ctx.now)]);
    let rows = ctx.db.batch(batch).await?;
    if throttle.verdict(&rows)? != Verdict::Within {
        return Err(ApiError::too_many(throttle.retry_after_seconds));
    }
    let nothing = || ApiError::conflict("second_factor_not_begun");
    let pending = rows.last().map(Rows::first::<Pending>).transpose()?.flatten().ok_or_else(nothing)?;
    let wrong = || ApiError::invalid(vec![FieldError::new("code", "wrong_code")]);
    let stored = pending.code_hash.as_deref().ok_or_else(wrong)?;
    if !sms::is_code(&ctx.signer(), asked(ctx, &person.id, Purpose::Confirm, &pending.number), typed, stored) {
        return Err(wrong());
    }

    let is_first = !step_up::by_code(ctx);
    let codes = if is_first { recovery::fresh(ctx.platform) } else { Vec::new() };
    let cookie = enrol::fresh_cookie(ctx);
    let digest = cookie.as_ref().map(|cookie| sha256_hex(cookie.as_bytes()));
    let mut batch: Vec<TenantStatement> = store::confirm(&person.id, &pending.number, ctx.now).into();
    batch.extend(store::use_code(&person.id, Purpose::Confirm, stored, ctx.now));
    batch.push(sessions::verified(&person.session, ctx.now, Some(ctx.now), digest.as_deref()));
    if is_first {
        batch.extend(second_factors::replace_codes(&person.id, &enrol::digests(&codes), ctx.now));
    }
    let detail = json!({ "number": sms::masked(&pending.number) });
    batch.extend(enrol::told(ctx, "account.phone_added", detail, SecurityEvent::PhoneAdded)?);
    batch.push(throttle.forget());
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("conflict") => return Err(nothing()),
        Err(error) if error.is_refused_by("already_done") => return Err(wrong()),
        other => other?,
    };
    enrol::finish(ctx)?;
    Ok(Enrolled { codes, cookie })
}

/// Takes the number away. 404 when there is none.
pub async fn remove(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    step_up::require_recent(ctx)?;
    let user = &ctx.person()?.id;
    let mut batch: Vec<TenantStatement> = store::remove(user).into();
    batch.push(second_factors::forget_codes(user));
    batch.extend(enrol::told(ctx, "account.phone_removed", json!({}), SecurityEvent::PhoneRemoved)?);
    ctx.db.batch(batch).await?;
    enrol::finish(ctx)
}

/// Sends a code to whoever owes the second factor with this secret. 401 when that sign-in is over or there is no number: nobody is told which.
pub async fn send_for_sign_in(ctx: &Ctx<'_>, token: &str) -> Result<(), ApiError> {
    offered(ctx)?;
    let token_hash = sha256_hex(token.as_bytes());
    let found = ctx.db.run(store::owed(&token_hash, ctx.now)).await?.first::<Reached>()?;
    let to = found.ok_or_else(ApiError::bad_second_factor)?;
    let lasts = ctx.now + chrono::TimeDelta::seconds(SMS_CODE_SECONDS);
    send(ctx, &to, Purpose::SignIn, &token_hash, vec![sign_in_challenges::extend(&token_hash, lasts)]).await
}

/// Sends a code to the person who is signed in, for proving anew who they are. 404 when there is no number.
pub async fn send_for_proof(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    offered(ctx)?;
    let person = ctx.person()?;
    let to = ctx.db.run(store::confirmed(&person.id)).await?.first::<Reached>()?.ok_or_else(ApiError::not_found)?;
    send(ctx, &to, Purpose::StepUp, person.session.as_str(), Vec::new()).await
}

/// Whose code it is, what for, and what it is bound to.
pub fn asked<'a>(ctx: &'a Ctx<'_>, user: &'a UserId, purpose: Purpose, bound: &'a str) -> Asked<'a> {
    Asked { tenant: ctx.tenant.id(), user, purpose, bound }
}

/// Makes a code and queues its message, with what else is to be written. 429 when the last one was sent a moment ago, or too many were.
async fn send(ctx: &Ctx<'_>, to: &Reached, purpose: Purpose, bound: &str, beside: Vec<TenantStatement>) -> Result<(), ApiError> {
    let throttle = Throttle::within(ctx, SMS_WINDOW_SECONDS)
        .limit(&["sms", to.user.as_str()], SMS_PER_ACCOUNT)
        .limit(&["sms-number", &to.number], SMS_PER_NUMBER)
        .limit(&["sms-tenant"], SMS_PER_TENANT);
    let signer = ctx.signer();
    let nonce = ctx.ids().secret(16);
    let code = sms::code(&signer, ctx.tenant.id(), &to.user, &nonce);
    let digest = sms::digest(&signer, asked(ctx, &to.user, purpose, bound), &code);
    let user = to.user.as_str();
    let mut batch = beside;
    batch.extend(store::put_code(&to.user, purpose, &digest, ctx.now));
    batch.extend(throttle.guarded());
    let message = NewSms {
        id: ctx.ids().next(),
        template: "sms_code",
        number: &to.number,
        user: &to.user,
        locale: to.locale.unwrap_or_else(|| ctx.tenant.locale()),
        data: json!({ "user": to.user, "nonce": nonce, "purpose": purpose.as_str() }),
    };
    batch.push(outbox::sms(&message, ctx.now));
    let detail = json!({ "purpose": purpose.as_str(), "number": sms::masked(&to.number) });
    batch.push(audit::line_of(ctx, user, "account.code_sent", user, detail));
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("conflict") => return Err(ApiError::too_many(SMS_WAIT_SECONDS)),
        Err(error) if error.is_refused_by("limit") => return Err(ApiError::too_many(throttle.retry_after_seconds)),
        Err(error) if error.is_refused_by("already_done") => return Err(ApiError::conflict("phone_on")),
        other => other?,
    };
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(())
}

fn offered(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    if is_offered(ctx) { Ok(()) } else { Err(ApiError::conflict("sms_unavailable")) }
}
