//! Removing what has had its time: ended sessions, used links, old counts, answers kept for repetitions.
//!
//! None of it is looked at any more; it only makes tables grow. Audit, history, tickets and mail are never removed here.

use chrono::TimeDelta;
use shared::error::ApiError;
use shared::limits::DEVICE_DAYS;
use shared::store::{
    address_blocks, api_keys, attempts, drafts, external_identities, idempotency, one_time, passkey_challenges, phones,
    push_devices, security_alerts, sessions, sign_in_challenges,
};

use crate::context::Ctx;

/// Rows of one kind that a run removes: a run must not hold the tenant's database up.
const ROWS_AT_ONCE: u32 = 200;

/// How long ended sessions and links stay, so that a late question about them can be answered.
const KEPT: TimeDelta = TimeDelta::days(7);

/// How long API keys that are over stay in their list: whoever finds a program silent looks there.
const KEYS_KEPT: TimeDelta = TimeDelta::days(90);

/// How long drafts stay with which nobody went on.
const DRAFTS_KEPT: TimeDelta = TimeDelta::days(30);

/// Removes what is old, a bounded amount; answers how many rows that were.
pub async fn forget(ctx: &Ctx<'_>) -> Result<usize, ApiError> {
    let before = ctx.now - KEPT;
    let answers = ctx
        .db
        .batch(vec![
            sessions::purge(before, ROWS_AT_ONCE),
            api_keys::purge(ctx.now - KEYS_KEPT, ROWS_AT_ONCE),
            one_time::purge(before, ROWS_AT_ONCE),
            sign_in_challenges::purge(before, ROWS_AT_ONCE),
            passkey_challenges::purge(ctx.now, ROWS_AT_ONCE),
            drafts::purge(ctx.now - DRAFTS_KEPT, ROWS_AT_ONCE),
            phones::purge(ctx.now, ROWS_AT_ONCE),
            push_devices::purge(ctx.now - TimeDelta::days(DEVICE_DAYS), ROWS_AT_ONCE),
            external_identities::purge(ctx.now, ROWS_AT_ONCE),
            attempts::purge(before.timestamp(), ROWS_AT_ONCE),
            idempotency::forget(ctx.now),
            address_blocks::purge(before, ROWS_AT_ONCE),
            security_alerts::purge(before, ROWS_AT_ONCE),
        ])
        .await?;
    Ok(answers.iter().map(|rows| usize::try_from(rows.changes).unwrap_or(usize::MAX)).sum())
}
