//! Adding a passkey to the account of whoever is signed in.
//!
//! The first second factor of a person ends their other sessions, which were opened without it, and comes with recovery codes. Every new
//! passkey is written to its owner.

use serde_json::json;
use shared::auth::recovery;
use shared::auth::signer::sha256_hex;
use shared::auth::webauthn::{Fault, NewPasskey, Registration, model};
use shared::database::TenantStatement;
use shared::error::{ApiError, FieldError};
use shared::i18n;
use shared::limits::PASSKEY_NAME_CHARS_MAX;
use shared::mail::address;
use shared::mail::templates::SecurityEvent;
use shared::platform::Wake;
use shared::store::passkey_challenges::{self, Purpose};
use shared::store::passkeys::{self as store, Listed};
use shared::store::{second_factors, sessions};
use shared::user_agent::Device;

use super::{challenge, place};
use crate::actions::accounts::second_factor::enrol;
use crate::actions::accounts::{notices, step_up};
use crate::actions::audit;
use crate::context::Ctx;

/// What somebody gets who has added one.
pub struct Added {
    /// The passkey.
    pub passkey: Listed,
    /// Recovery codes, if it is the person's first second factor: this is the only time that they are shown.
    pub codes: Vec<String>,
    /// The session's next cookie, of a browser.
    pub cookie: Option<String>,
}

/// Adds a passkey under this name, or under that of its device when it is blank. Needs a recent proof. 422 `passkey_refused` when it is not
/// an answer to a question of ours, 409 `passkey_known` or `passkey_limit`.
pub async fn add(ctx: &Ctx<'_>, registration: &Registration, name: &str) -> Result<Added, ApiError> {
    step_up::require_recent(ctx)?;
    let person = ctx.person()?;
    let challenge_hash = match registration.challenge() {
        Ok(challenge) => challenge::digest(&challenge),
        Err(fault) => return refuse(ctx, fault, None).await,
    };
    let live = ctx.db.run(passkey_challenges::live(&challenge_hash, Purpose::Register, Some(&person.id), ctx.now)).await?;
    if live.is_empty() {
        return refuse(ctx, Fault::Challenge, None).await;
    }
    let made = match registration.check(&place(ctx)) {
        Ok(made) => made,
        Err(fault) => return refuse(ctx, fault, Some(&challenge_hash)).await,
    };
    let passkey = Listed {
        id: ctx.ids().next(),
        name: given(ctx, name, &made)?,
        model: made.model.clone(),
        backup_eligible: made.is_backup_eligible,
        backed_up: made.is_backed_up,
        created_at: ctx.now,
        used_at: None,
    };
    let is_first = !step_up::by_code(ctx);
    let codes = if is_first { recovery::fresh(ctx.platform) } else { Vec::new() };
    let cookie = enrol::fresh_cookie(ctx);
    let digest = cookie.as_ref().map(|cookie| sha256_hex(cookie.as_bytes()));
    let mut batch: Vec<TenantStatement> = passkey_challenges::use_up(&challenge_hash, ctx.now).into();
    batch.extend(store::insert(&passkey.id, &person.id, &made, &passkey.name, ctx.now));
    batch.push(sessions::verified(&person.session, ctx.now, Some(ctx.now), digest.as_deref()));
    if is_first {
        batch.extend(second_factors::replace_codes(&person.id, &enrol::digests(&codes), ctx.now));
        batch.push(sessions::revoke_of_user(&person.id, ctx.now, Some(&person.session)));
    }
    let detail =
        json!({ "passkey": passkey.id, "name": passkey.name, "model": made.model, "algorithm": made.key.algorithm().as_str() });
    batch.push(audit::line(ctx, "account.passkey_added", person.id.as_str(), detail));
    batch.push(notices::to_self(ctx, SecurityEvent::PasskeyAdded)?);
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("already_done") => return Err(refused()),
        Err(error) if error.is_refused_by("passkeys.credential") => return Err(ApiError::conflict("passkey_known")),
        Err(error) if error.is_refused_by("limit") => return Err(ApiError::conflict("passkey_limit")),
        other => other?,
    };
    if is_first {
        enrol::finish(ctx)?;
    } else {
        ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    }
    Ok(Added { passkey, codes, cookie })
}

/// A passkey's name as it is stored: one line that a list can hold.
pub(super) fn name(typed: &str) -> Result<String, FieldError> {
    if typed.chars().count() > PASSKEY_NAME_CHARS_MAX {
        return Err(FieldError::new("name", "too_long").arg("maximum", PASSKEY_NAME_CHARS_MAX));
    }
    Ok(address::tidy(typed, PASSKEY_NAME_CHARS_MAX))
}

/// The name that was typed, or that of what keeps the passkey, or of the device that it was made on.
fn given(ctx: &Ctx<'_>, typed: &str, made: &NewPasskey) -> Result<String, ApiError> {
    let typed = name(typed).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let device = Device::of(&ctx.user_agent).words();
    let names = [typed, model::name(&made.model).unwrap_or_default().to_owned(), device];
    Ok(names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| i18n::text(ctx.locale, "passkeys-unnamed", &[])))
}

/// Notes why one was not taken. Its challenge is done with.
async fn refuse(ctx: &Ctx<'_>, fault: Fault, challenge_hash: Option<&str>) -> Result<Added, ApiError> {
    let person = ctx.person()?;
    let mut batch: Vec<TenantStatement> = challenge_hash.iter().map(|hash| passkey_challenges::spend(hash, ctx.now)).collect();
    let detail = json!({ "fault": fault.as_str() });
    batch.push(audit::refusal_of(ctx, &ctx.actor.reference(), "account.passkey_refused", person.id.as_str(), detail));
    ctx.db.batch(batch).await?;
    Err(refused())
}

fn refused() -> ApiError {
    ApiError::unprocessable("passkey_refused")
}
