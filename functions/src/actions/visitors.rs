//! People without an account who write into the public form.
//!
//! Their address is only claimed, so nothing that they typed goes out until it is confirmed, and how often an address or a
//! network may write is counted. A field that people do not see and robots fill in marks the robots.

use shared::error::{ApiError, FieldError};
use shared::http::Query;
use shared::mail::Mailbox;
use shared::store::attempts;

use super::tickets::Requester;
use crate::context::Ctx;

/// Tickets that one network may open in an hour without an account.
const PER_NETWORK: i64 = 20;
/// Tickets that one address may open in an hour without an account.
const PER_ADDRESS: i64 = 5;
const WINDOW_SECONDS: i64 = 3600;
const NAME_CHARS_MAX: usize = 120;
/// The field that only robots fill in.
const HONEYPOT: &str = "website";

/// The person that the form names.
pub fn requester(fields: &Query) -> Result<Requester, FieldError> {
    let mailbox = fields
        .filled("email")
        .and_then(|address| Mailbox::new(None, address))
        .ok_or_else(|| FieldError::new("email", "not_an_address"))?;
    let name = fields.filled("name").map(|name| name.chars().take(NAME_CHARS_MAX).collect());
    Ok(Requester::Email { address: mailbox.address, name })
}

/// Counts the visit; refuses robots and those who write too often.
pub async fn admit(ctx: &Ctx<'_>, fields: &Query) -> Result<(), ApiError> {
    if fields.filled(HONEYPOT).is_some() {
        return Err(ApiError::too_many(WINDOW_SECONDS));
    }
    let window = ctx.now.timestamp() - ctx.now.timestamp().rem_euclid(WINDOW_SECONDS);
    let address = fields.filled("email").unwrap_or_default().to_lowercase();
    let keys = [(format!("visitor:network:{}", ctx.network), PER_NETWORK), (format!("visitor:address:{address}"), PER_ADDRESS)];
    let counted = ctx.db.batch(keys.iter().map(|(key, _)| attempts::count(key, window)).collect()).await?;
    for (rows, (_, most)) in counted.iter().zip(&keys) {
        if attempts::counted(rows)? > *most {
            return Err(ApiError::too_many(WINDOW_SECONDS - ctx.now.timestamp() % WINDOW_SECONDS));
        }
    }
    Ok(())
}
