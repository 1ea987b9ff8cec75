//! Addresses that the tenant's hosts turn away: blocked and let in again by hand, and blocked by rule for a while.
//!
//! The rule never blocks a network from which somebody of the tenant has signed in: whoever tries passwords there would otherwise shut
//! their neighbours out.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::database::{DbError, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::id::BlockId;
use shared::limits::{BLOCK_SECONDS, BLOCKS_MAX};
use shared::net::range::{BadRange, Range};
use shared::store::address_blocks::{self as store, Block, Origin};

use super::accounts::throttle::network;
use super::audit;
use super::description::description;
use crate::context::Ctx;

/// One block.
pub async fn find(ctx: &Ctx<'_>, id: &BlockId) -> Result<Block, ApiError> {
    ctx.db.run(store::show(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Blocks a range, until `ends` if that is set. 409 `already_blocked`, `block_limit`; 422 for what is no range or covers whoever asks.
pub async fn create(ctx: &Ctx<'_>, range: &str, reason: &str, ends: Option<DateTime<Utc>>) -> Result<Block, ApiError> {
    let mut faults = Vec::new();
    let range = blockable(range, &ctx.network).map_err(|code| faults.push(FieldError::new("range", code))).ok();
    let reason =
        description(reason).map_err(|fault| faults.push(FieldError { field: "reason".to_owned(), ..fault })).unwrap_or_default();
    if ends.is_some_and(|ends| ends <= ctx.now) {
        faults.push(FieldError::new("expires_at", "bad_moment"));
    }
    let Some(range) = range.filter(|_| faults.is_empty()) else { return Err(ApiError::invalid(faults)) };
    let block = Block {
        id: ctx.ids().next(),
        range: range.to_string(),
        reason,
        origin: Origin::Manual,
        created_at: ctx.now,
        created_by: ctx.actor.reference(),
        created_by_name: ctx.actor.person().map(|person| person.name.clone()),
        expires_at: ends.unwrap_or_else(store::never),
    };
    let mut batch = store::insert(&block).to_vec();
    let detail = json!({ "to": { "range": block.range, "reason": block.reason, "expires_at": block.ends_at() } });
    batch.push(audit::line(ctx, "address.blocked", block.id.as_str(), detail));
    ctx.db.batch(batch).await.map_err(refusal)?;
    ctx.blocks.forget(ctx.tenant.id());
    Ok(block)
}

/// Lets a range in again.
pub async fn remove(ctx: &Ctx<'_>, id: &BlockId) -> Result<(), ApiError> {
    let block = find(ctx, id).await?;
    let mut batch = store::delete(id).to_vec();
    let detail = json!({ "from": { "range": block.range, "reason": block.reason, "expires_at": block.ends_at() } });
    batch.push(audit::line(ctx, "address.unblocked", id.as_str(), detail));
    ctx.db.batch(batch).await?;
    ctx.blocks.forget(ctx.tenant.id());
    Ok(())
}

/// Blocks the network of an address by rule, for [`BLOCK_SECONDS`]. Nothing where the address is none.
pub fn by_rule(ctx: &Ctx<'_>, address: &str, refusals: i64) -> Vec<TenantStatement> {
    let Some(range) = network_of(address) else { return Vec::new() };
    let id: BlockId = ctx.ids().next();
    let expires = ctx.now + TimeDelta::seconds(BLOCK_SECONDS);
    let detail = json!({ "to": { "range": range.to_string(), "expires_at": expires }, "refusals": refusals });
    vec![
        store::insert_by_rule(&id, &range.to_string(), "", ctx.now, expires),
        audit::line_of(ctx, "system", "address.blocked", id.as_str(), detail),
    ]
}

/// The range that one subscriber has.
fn network_of(address: &str) -> Option<Range> {
    let text = network(address);
    let bits = if text.parse::<IpAddr>().ok()?.is_ipv6() { "/64" } else { "" };
    Range::parse(&format!("{text}{bits}")).ok()
}

/// The range, if it can be blocked by somebody who comes from `own`.
fn blockable(text: &str, own: &str) -> Result<Range, &'static str> {
    let range = Range::parse(text).map_err(|bad| match bad {
        BadRange::Unreadable => "bad_range",
        BadRange::TooWide => "range_too_wide",
    })?;
    if own.parse().is_ok_and(|own| range.contains(own)) { Err("own_network") } else { Ok(range) }
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "address_blocks.range" => ApiError::conflict("already_blocked"),
        DbError::Refused(rule) if rule == "limit" => ApiError::conflict("block_limit").arg("maximum", BLOCKS_MAX),
        _ => error.into(),
    }
}
