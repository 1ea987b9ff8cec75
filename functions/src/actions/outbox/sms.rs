//! One short message: written for its reader, handed to the gateway, and taken out of the outbox again.
//!
//! Whatever becomes of it, the row keeps neither what the code was made of nor the number. Words of the gateway are not kept either: many
//! repeat the text.

use shared::auth::sms::{self, Purpose};
use shared::i18n;
use shared::id::UserId;
use shared::limits::SMS_CODE_SECONDS;
use shared::platform::{OutgoingSms, SmsConfig};
use shared::store::outbox::Claimed;

use super::failure;
use crate::context::Ctx;

/// A message, and what of it the log shows.
pub struct Written {
    /// For the gateway.
    pub outgoing: OutgoingSms,
    /// For the log.
    pub subject: String,
}

/// Writes the message; the error is the reason for the log.
pub fn write(ctx: &Ctx<'_>, claimed: &Claimed) -> Result<Written, &'static str> {
    let text = |field: &str| claimed.data.get(field).and_then(serde_json::Value::as_str);
    let purpose = text("purpose").and_then(Purpose::parse).ok_or(failure::UNKNOWN_KIND)?;
    let user = text("user").and_then(|user| UserId::parse(user).ok()).ok_or(failure::UNKNOWN_KIND)?;
    let nonce = text("nonce").ok_or(failure::UNKNOWN_KIND)?;
    if !ctx.config().sms.is_there() {
        return Err(failure::NO_GATEWAY);
    }
    if (ctx.platform.now() - claimed.created_at).num_seconds() >= SMS_CODE_SECONDS {
        return Err(failure::CODE_OVER);
    }
    let code = sms::code(&ctx.signer(), ctx.tenant.id(), &user, nonce);
    let say = |code: &str| {
        let args = [("purpose", purpose.as_str().into()), ("portal", ctx.tenant.name().into()), ("code", code.into())];
        i18n::text(claimed.locale, "sms-text", &args)
    };
    let written = say(&code);
    let subject = if ctx.config().sms == SmsConfig::Shown { written.clone() } else { say("••••••") };
    // The last line is for telephones that fill codes in: on pages of this host only (https://wicg.github.io/sms-one-time-codes/).
    let text = format!("{written}\n\n@{} #{code}", ctx.tenant.host());
    Ok(Written {
        outgoing: OutgoingSms { to: claimed.recipient.clone(), text, idempotency_key: claimed.id.to_string() },
        subject,
    })
}
