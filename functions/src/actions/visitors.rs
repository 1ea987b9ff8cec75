//! People without an account who write into the public form.
//!
//! Their address is only claimed, so nothing that they typed goes out until it is confirmed, and how often an address or a
//! network may write is counted. A field that people do not see and robots fill in marks the robots.

use shared::error::{ApiError, FieldError};
use shared::http::Query;
use shared::limits::NAME_CHARS_MAX;
use shared::mail::Mailbox;

use super::accounts::throttle::{Throttle, Verdict, network};
use super::tickets::Requester;
use crate::context::Ctx;

/// Tickets that one network may open in an hour without an account.
const PER_NETWORK: i64 = 20;
/// Tickets that one address may open in an hour without an account.
const PER_ADDRESS: i64 = 5;
const WINDOW_SECONDS: i64 = 3600;
/// The field that only robots fill in.
const HONEYPOT: &str = "website";

/// The person that the form names.
pub fn requester(fields: &Query) -> Result<Requester, FieldError> {
    let mailbox = fields
        .filled("email")
        .and_then(|address| Mailbox::new(None, address))
        .ok_or_else(|| FieldError::new("email", "bad_email"))?;
    let name = fields.filled("name").map(|name| name.chars().take(NAME_CHARS_MAX).collect());
    Ok(Requester::Email { address: mailbox.address, name, locale: None })
}

/// Counts the visit; refuses robots and those who write too often.
pub async fn admit(ctx: &Ctx<'_>, fields: &Query) -> Result<(), ApiError> {
    if fields.filled(HONEYPOT).is_some() {
        return Err(ApiError::too_many(WINDOW_SECONDS));
    }
    let address = fields.filled("email").unwrap_or_default().to_lowercase();
    let tries = Throttle::within(ctx, WINDOW_SECONDS)
        .limit(&["visitor-network", &network(&ctx.network)], PER_NETWORK)
        .limit(&["visitor-address", &address], PER_ADDRESS);
    match tries.verdict(&ctx.db.batch(tries.statements()).await?)? {
        Verdict::Within => Ok(()),
        Verdict::JustOver | Verdict::Over => Err(ApiError::too_many(tries.retry_after_seconds)),
    }
}
