//! People without an account who write into the public form.
//!
//! Their address is only claimed, so nothing that they typed goes out until it is confirmed, and how often an address or a
//! network may write is counted: the network before anything of the form is read, for a form may bring hundreds of megabytes.
//! A field that people do not see and robots fill in marks the robots; a tenant can ask for more, see [`challenge`].

pub mod challenge;

use shared::database::TenantStatement;
use shared::error::{ApiError, FieldError};
use shared::http::Query;
use shared::limits::NAME_CHARS_MAX;
use shared::mail::Mailbox;
use shared::store::tickets::{self, CategoryRow};

use super::accounts::throttle::{Throttle, Verdict, network};
use super::tickets::Requester;
use crate::context::Ctx;

/// Forms that one network may send in an hour without an account.
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

/// What is known of a visitor before the form is read.
pub struct Arrival {
    /// The tenant's categories, which the form shows when it comes back.
    pub categories: Vec<CategoryRow>,
    /// 429 for a network that comes too often.
    pub refusal: Option<ApiError>,
}

/// Counts the visit before its form is read, let alone its files stored.
pub async fn arrive(ctx: &Ctx<'_>) -> Result<Arrival, ApiError> {
    let throttle = Throttle::within(ctx, WINDOW_SECONDS).limit(&["visitor-network", &network(&ctx.network)], PER_NETWORK);
    let mut load = throttle.statements();
    load.push(tickets::categories());
    let rows = ctx.db.batch(load).await?;
    let is_over = throttle.verdict(&rows)? != Verdict::Within;
    let categories = rows.last().map(shared::database::Rows::all::<CategoryRow>).transpose()?.unwrap_or_default();
    Ok(Arrival { categories, refusal: is_over.then(|| ApiError::too_many(throttle.retry_after_seconds)) })
}

/// Refuses robots.
pub async fn admit(ctx: &Ctx<'_>, fields: &Query) -> Result<(), ApiError> {
    if fields.filled(HONEYPOT).is_some() {
        return Err(ApiError::too_many(WINDOW_SECONDS));
    }
    challenge::check(ctx, fields).await
}

/// Counts the ticket of an address, in the batch that writes it; refuses the batch (`limit`) when the address writes too often.
pub fn counted(ctx: &Ctx<'_>, address: &str) -> Vec<TenantStatement> {
    Throttle::within(ctx, WINDOW_SECONDS).limit(&["visitor-address", &address.to_lowercase()], PER_ADDRESS).guarded()
}

/// 429 until the hour is over.
pub fn too_many(ctx: &Ctx<'_>) -> ApiError {
    ApiError::too_many(Throttle::within(ctx, WINDOW_SECONDS).retry_after_seconds)
}
