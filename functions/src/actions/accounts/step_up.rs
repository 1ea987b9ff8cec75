//! Proving anew who one is, before something dangerous.
//!
//! A session is believed for what it was opened for. What cannot be undone, or opens the door to others, asks that the person behind it
//! has given the password or the second factor a short while ago: by the second factor, whoever has one.

use serde_json::json;
use shared::access::{Actor, Standing};
use shared::auth::password;
use shared::auth::recovery;
use shared::auth::signer::sha256_hex;
use shared::auth::sms::Purpose;
use shared::auth::webauthn::Assertion;
use shared::database::TenantStatement;
use shared::error::{ApiError, FieldError};
use shared::limits::{PASSWORD_BYTES_MAX, STEP_UP_MINUTES};
use shared::platform::Wake;
use shared::store::directories::{self, Directory};
use shared::store::directory_people::{self, Linked};
use shared::store::passkey_challenges;
use shared::store::phones::{self, LiveCode};
use shared::store::second_factors::{self, Factor};
use shared::store::sessions;
use shared::store::users::{self, Account};

use super::passkeys::assert;
use super::passwords;
use super::second_factor::code::{self, Held};
use super::second_factor::{self, enrol};
use super::throttle::{Throttle, Verdict};
use crate::actions::audit;
use crate::actions::directories::sign_in;
use crate::context::Ctx;

/// What a person proves themselves by.
pub enum Proof<'a> {
    /// The password, of whoever has no second factor.
    Password(&'a str),
    /// A code of the authenticator, or a recovery code.
    Code(&'a str),
    /// A passkey.
    Passkey(&'a Assertion),
}

/// Refuses (403 `step_up_required`) unless the person has proven within [`STEP_UP_MINUTES`] who they are. The product itself need not.
pub fn require_recent(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    let is_recent = ctx.standing.as_ref().is_some_and(|standing| standing.is_recent(ctx.now, STEP_UP_MINUTES));
    if is_recent || ctx.actor == Actor::System { Ok(()) } else { Err(ApiError::step_up_required()) }
}

/// Whether the person who is signed in has a second factor, and so proves themselves by it.
pub fn by_code(ctx: &Ctx<'_>) -> bool {
    ctx.standing.as_ref().is_some_and(Standing::has_factor)
}

/// Takes a proof. Answers the session's next cookie, of a browser. 422 when it is wrong, 429 after too many of those.
pub async fn prove(ctx: &Ctx<'_>, proof: Proof<'_>) -> Result<Option<String>, ApiError> {
    match (proof, by_code(ctx)) {
        (Proof::Password(typed), false) => by_password(ctx, typed).await,
        (Proof::Code(typed), true) => with_code(ctx, typed).await,
        (Proof::Passkey(assertion), _) => with_passkey(ctx, assertion).await,
        (Proof::Password(_), true) => Err(ApiError::field("code", "missing_field")),
        (Proof::Code(_), false) => Err(ApiError::field("password", "missing_field")),
    }
}

async fn by_password(ctx: &Ctx<'_>, typed: &str) -> Result<Option<String>, ApiError> {
    let person = ctx.person()?;
    let throttle = passwords::throttle(ctx, &person.id);
    let mut load = throttle.statements();
    load.extend([users::by_id(&person.id), directories::of_user(&person.id), directory_people::of_user(&person.id)]);
    let rows = ctx.db.batch(load).await?;
    if throttle.verdict(&rows)? != Verdict::Within {
        return Err(ApiError::too_many(throttle.retry_after_seconds));
    }
    let [.., account, directory, linked] = rows.as_slice() else { return Err(ApiError::internal("a batch of three")) };
    let account = account.first::<Account>()?;
    let stored = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let fits = typed.len() <= PASSWORD_BYTES_MAX;
    let is_right = match directory.first::<Directory>()?.zip(linked.first::<Linked>()?) {
        Some((directory, linked)) if fits => sign_in::is_password_of(ctx, &directory, &linked, typed).await?,
        _ => fits && password::verify(typed, stored, ctx.config().argon2),
    };
    if !is_right {
        return refuse(ctx, FieldError::new("password", "wrong_password")).await;
    }
    accept(ctx, "password", Vec::new(), Some(&throttle)).await
}

async fn with_code(ctx: &Ctx<'_>, typed: &str) -> Result<Option<String>, ApiError> {
    let person = ctx.person()?;
    let throttle = second_factor::throttle(ctx, &person.id);
    let mut load = throttle.statements();
    load.extend([
        phones::count_try(&person.id, Purpose::StepUp),
        phones::live_code(&person.id, Purpose::StepUp, ctx.now),
        second_factors::of_user(&person.id, recovery::digest(typed).as_deref()),
    ]);
    let rows = ctx.db.batch(load).await?;
    if throttle.verdict(&rows)? != Verdict::Within {
        return Err(ApiError::too_many(throttle.retry_after_seconds));
    }
    let [.., sent, factor] = rows.as_slice() else { return Err(ApiError::internal("the batch was not answered")) };
    let sent = sent.first::<LiveCode>()?;
    let factor = factor.first::<Factor>()?.ok_or_else(ApiError::not_found)?;
    let held = Held {
        user: &person.id,
        email: &person.email,
        locale: person.locale,
        sealed: factor.in_use(),
        last_step: factor.last_step,
        is_recovery_code: factor.is_recovery_code,
        sms_code: sent.as_ref().map(|sent| sent.code_hash.as_str()),
        place: (Purpose::StepUp, person.session.as_str()),
    };
    match code::judge(ctx, &held, typed)? {
        Some(good) => accept(ctx, good.name(), good.use_up(ctx, &held), Some(&throttle)).await,
        None => refuse(ctx, FieldError::new("code", "wrong_code")).await,
    }
}

async fn with_passkey(ctx: &Ctx<'_>, assertion: &Assertion) -> Result<Option<String>, ApiError> {
    let person = ctx.person()?;
    let throttle = second_factor::throttle(ctx, &person.id);
    match assert::judge(ctx, assertion, passkey_challenges::Purpose::StepUp, Some(&person.id), &throttle).await? {
        Ok(proven) => accept(ctx, "passkey", proven.use_up(ctx), Some(&throttle)).await,
        Err(refused) => {
            let mut batch = refused.consequences(ctx);
            batch.push(audit::line(
                ctx,
                "session.proof_refused",
                person.session.as_str(),
                json!({ "by": "passkey", "fault": refused.fault.as_str() }),
            ));
            ctx.db.batch(batch).await?;
            ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
            Err(wrong_passkey())
        }
    }
}

/// Takes it as a proof that a provider of identities has just let the same person in, of whoever has no second factor here: it stands in for
/// the password. `guards` are that it is the same person (`conflict`); 422 when it is not.
pub async fn by_provider(ctx: &Ctx<'_>, guards: Vec<TenantStatement>) -> Result<Option<String>, ApiError> {
    if by_code(ctx) {
        return Err(ApiError::field("code", "missing_field"));
    }
    accept(ctx, "provider", guards, None).await
}

fn wrong_passkey() -> ApiError {
    ApiError::field("passkey", "wrong_passkey")
}

async fn refuse(ctx: &Ctx<'_>, fault: FieldError) -> Result<Option<String>, ApiError> {
    let person = ctx.person()?;
    ctx.db.run(audit::line(ctx, "session.proof_refused", person.session.as_str(), json!({ "by": fault.field }))).await?;
    Err(ApiError::invalid(vec![fault]))
}

/// Notes a good proof. A code that was used meanwhile is as wrong as any.
async fn accept(
    ctx: &Ctx<'_>,
    by: &str,
    use_up: Vec<TenantStatement>,
    throttle: Option<&Throttle>,
) -> Result<Option<String>, ApiError> {
    let person = ctx.person()?;
    let cookie = enrol::fresh_cookie(ctx);
    let digest = cookie.as_ref().map(|cookie| sha256_hex(cookie.as_bytes()));
    let factor_at = (!matches!(by, "password" | "provider")).then_some(ctx.now);
    let mut batch = use_up;
    batch.extend([
        sessions::verified(&person.session, ctx.now, factor_at, digest.as_deref()),
        audit::line(ctx, "session.verified", person.session.as_str(), json!({ "by": by })),
    ]);
    batch.extend(throttle.map(Throttle::forget));
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("already_done") || error.is_refused_by("conflict") => {
            return Err(if by == "passkey" { wrong_passkey() } else { ApiError::field("code", "wrong_code") });
        }
        other => other?,
    };
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(cookie)
}
