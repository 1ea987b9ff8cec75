//! Mails about what concerns the safety of an account. They go to its owner whatever else the owner wants to hear of: who did it may
//! have been somebody else.

use serde_json::json;
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::i18n::Locale;
use shared::id::UserId;
use shared::mail::templates::SecurityEvent;
use shared::store::outbox;
use shared::user_agent::Device;

use super::throttle::network;
use crate::context::Ctx;

/// The mail to a person about what has just happened to their account. After the batch the caller wakes the outbox.
pub fn mail(ctx: &Ctx<'_>, user: &UserId, address: &str, locale: Option<Locale>, event: SecurityEvent) -> TenantStatement {
    let data = json!({
        "event": event.as_str(),
        "at": ctx.now.timestamp_millis(),
        "network": network(&ctx.network),
        "device": Device::of(&ctx.user_agent).words(),
    });
    outbox::mail(
        &outbox::NewMail {
            id: ctx.ids().next(),
            template: "security_notice",
            recipient: address,
            recipient_user: Some(user),
            locale: locale.unwrap_or_else(|| ctx.tenant.locale()),
            ticket: None,
            comment: None,
            data,
        },
        ctx.now,
    )
}

/// The same to the person who is signed in.
pub fn to_self(ctx: &Ctx<'_>, event: SecurityEvent) -> Result<TenantStatement, ApiError> {
    let person = ctx.person()?;
    Ok(mail(ctx, &person.id, &person.email, person.locale, event))
}
