//! Addresses that a tenant has blocked are turned away before anything of their request is looked at.

use std::net::IpAddr;

use shared::database::{DbError, TenantDb};
use shared::error::ApiError;
use shared::limits::BLOCKS_MAX;
use shared::net::range::Range;
use shared::store::address_blocks::{self as store, InForce};
use shared::tenant::Tenant;

use super::Arrival;

/// Refuses (403 `address_blocked`) a blocked address. What is blocked is read at most once in
/// [`shared::limits::BLOCKS_CACHE_SECONDS`]; while it cannot be read, which is tried every [`shared::limits::BLOCKS_RETRY_SECONDS`], what was read
/// last holds, and at first nobody is refused: the request will fail by itself.
pub(super) async fn admit(arrival: &Arrival<'_>, tenant: &Tenant) -> Result<(), ApiError> {
    let Ok(address) = arrival.network.parse::<IpAddr>() else { return Ok(()) };
    let blocks = &arrival.memory.blocks;
    let until = if let Some(until) = blocks.until(tenant.id(), address, arrival.started) {
        until
    } else {
        match read(arrival, tenant).await {
            Ok(ranges) => blocks.put(tenant.id(), ranges, arrival.started),
            Err(_) => blocks.put_off(tenant.id(), arrival.started),
        }
        blocks.until(tenant.id(), address, arrival.started).flatten()
    };
    if until.is_some() { Err(ApiError::address_blocked()) } else { Ok(()) }
}

async fn read(arrival: &Arrival<'_>, tenant: &Tenant) -> Result<Vec<crate::context::Blocked>, DbError> {
    let database = arrival.platform.database(tenant.database()).ok_or_else(|| DbError::Unavailable("not bound".to_owned()))?;
    let db = TenantDb::new(database.as_ref(), tenant);
    let rows: Vec<InForce> = db.run(store::in_force(arrival.started, BLOCKS_MAX)).await?.all()?;
    Ok(rows.into_iter().filter_map(|row| Some((Range::parse(&row.range).ok()?, row.expires_at))).collect())
}
