//! Accounts: signing in and out, registering, passwords, profile.
//!
//! One rule runs through all of it: whoever asks learns nothing about whether an address is known. Answers, the work that
//! goes into them and the shape of the audit lines are the same for known and unknown ones.

pub mod cookie;
pub mod links;
pub mod notices;
pub mod notifications;
pub mod passkeys;
pub mod passwords;
pub mod profile;
pub mod refresh;
pub mod register;
pub mod second_factor;
pub mod sessions;
pub mod shortcuts;
pub mod sign_in;
pub mod step_up;
pub mod throttle;

use serde_json::json;
use shared::error::{ApiError, FieldError};
use shared::limits::NAME_CHARS_MAX;
use shared::mail::address;
use shared::store::sessions as store;

use super::{audit, open_pages};
use crate::context::Ctx;

/// Ends the request's session. Whoever has none is signed out already.
pub async fn sign_out(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    let Some(person) = ctx.actor.person() else { return Ok(()) };
    ctx.db
        .batch(vec![
            store::revoke(&person.session, ctx.now),
            audit::line(ctx, "session.closed", person.session.as_str(), json!({})),
        ])
        .await?;
    open_pages::end_session(ctx, &person.session);
    Ok(())
}

/// Ends every session of the person who is signed in, this one too.
pub async fn sign_out_everywhere(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    let person = ctx.person()?;
    ctx.db
        .batch(vec![
            store::revoke_of_user(&person.id, ctx.now, None),
            audit::line(ctx, "session.all_closed", person.id.as_str(), json!({})),
        ])
        .await?;
    open_pages::end_person(ctx, &person.id, None);
    Ok(())
}

/// An address as it is stored.
pub fn email(typed: &str) -> Result<String, FieldError> {
    let code = if typed.trim().is_empty() { "missing_field" } else { "bad_email" };
    address::normalize(typed).ok_or_else(|| FieldError::new("email", code))
}

/// A person's name as it is stored: one line, without characters that turn the direction of what follows.
pub fn name(typed: &str) -> Result<String, FieldError> {
    if typed.chars().count() > NAME_CHARS_MAX {
        return Err(FieldError::new("name", "too_long").arg("maximum", NAME_CHARS_MAX));
    }
    let name = address::tidy(typed, NAME_CHARS_MAX);
    if name.is_empty() { Err(FieldError::new("name", "missing_field")) } else { Ok(name) }
}
