//! Whether a code is good, and what using it up takes.

use serde_json::json;
use shared::auth::envelope::About;
use shared::auth::sms::{Purpose, is_code};
use shared::auth::{recovery, totp};
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::i18n::Locale;
use shared::id::UserId;
use shared::mail::templates::SecurityEvent;
use shared::store::{phones, second_factors as store};

use super::sms;
use crate::actions::accounts::notices;
use crate::actions::audit;
use crate::context::Ctx;

/// A person's second factor as it was loaded with what was typed.
pub struct Held<'a> {
    /// Whose.
    pub user: &'a UserId,
    /// Their address.
    pub email: &'a str,
    /// Their language.
    pub locale: Option<Locale>,
    /// The sealed secret of an authenticator that counts.
    pub sealed: Option<&'a str>,
    /// The step of the last code that was used.
    pub last_step: i64,
    /// Whether what was typed is an unused recovery code.
    pub is_recovery_code: bool,
    /// The digest of the code that was sent by SMS, while that is good.
    pub sms_code: Option<&'a str>,
    /// What a code by SMS was asked for, and what that is bound to.
    pub place: (Purpose, &'a str),
}

/// A good code: using it up is the caller's batch.
pub enum Good {
    /// Of an authenticator, at this step.
    Step(i64),
    /// A recovery code with this digest.
    Recovery(String),
    /// Sent by SMS; its digest.
    Sms(String),
}

/// Judges a code. `None` says that it is not good, whatever the reason.
pub fn judge(ctx: &Ctx<'_>, held: &Held<'_>, typed: &str) -> Result<Option<Good>, ApiError> {
    if let Some(digest) = recovery::digest(typed) {
        return Ok(held.is_recovery_code.then_some(Good::Recovery(digest)));
    }
    let (purpose, bound) = held.place;
    let asked = sms::asked(ctx, held.user, purpose, bound);
    if let Some(stored) = held.sms_code.filter(|stored| is_code(&ctx.signer(), asked, typed, stored)) {
        return Ok(Some(Good::Sms(stored.to_owned())));
    }
    let Some(sealed) = held.sealed else { return Ok(None) };
    let secret = open(ctx, held.user, sealed)?;
    Ok(totp::step_of(&secret, typed, ctx.now).filter(|step| *step > held.last_step).map(Good::Step))
}

/// The secret behind a sealed text of this person's row.
pub fn open(ctx: &Ctx<'_>, user: &UserId, sealed: &str) -> Result<Vec<u8>, ApiError> {
    let secret = ctx.config().data_keys.open(about(ctx, user), sealed);
    secret.ok_or_else(|| ApiError::internal(format!("the second factor of {user} does not open: is DATA_KEY_FORMER set?")))
}

/// Seals a secret for this person's row.
pub fn seal(ctx: &Ctx<'_>, user: &UserId, secret: &[u8]) -> Result<String, ApiError> {
    let sealed = ctx.config().data_keys.seal(about(ctx, user), secret, ctx.platform);
    sealed.ok_or_else(|| ApiError::internal("a secret could not be sealed"))
}

fn about<'a>(ctx: &'a Ctx<'_>, user: &'a UserId) -> About<'a> {
    About { purpose: "totp", tenant: ctx.tenant.id(), owner: user.as_str() }
}

impl Good {
    /// What the audit log calls it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Step(_) => "totp",
            Self::Recovery(_) => "recovery_code",
            Self::Sms(_) => "sms",
        }
    }

    /// Uses it up. Refuses the batch (`already_done`) when it was used meanwhile. Whose recovery code is used is written to.
    pub fn use_up(&self, ctx: &Ctx<'_>, held: &Held<'_>) -> Vec<TenantStatement> {
        match self {
            Self::Step(step) => store::use_step(held.user, *step).into(),
            Self::Sms(digest) => phones::use_code(held.user, held.place.0, digest, ctx.now).into(),
            Self::Recovery(digest) => {
                let mut batch: Vec<TenantStatement> = store::use_code(held.user, digest, ctx.now).into();
                let user = held.user.as_str();
                batch.push(audit::line_of(ctx, user, "account.recovery_code_used", user, json!({})));
                batch.push(notices::mail(ctx, held.user, held.email, held.locale, SecurityEvent::RecoveryCodeUsed));
                batch
            }
        }
    }
}
