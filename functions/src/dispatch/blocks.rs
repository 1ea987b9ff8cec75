//! Addresses that a tenant has blocked are turned away before anything of their request is looked at. What the tenant says in its own words
//! is read in the same round trip.

use std::net::IpAddr;

use shared::database::{DbError, TenantDb};
use shared::error::ApiError;
use shared::limits::BLOCKS_MAX;
use shared::net::range::Range;
use shared::store::address_blocks::{self as store, InForce};
use shared::store::own_texts::{self, OwnTextRow};
use shared::tenant::Tenant;

use super::Arrival;
use crate::context::Blocked;

/// Refuses (403 `address_blocked`) a blocked address. What is blocked is read at most once in
/// [`shared::limits::BLOCKS_CACHE_SECONDS`], and with it what the tenant says in its own words, if that has changed; while it cannot be
/// read, which is tried every [`shared::limits::BLOCKS_RETRY_SECONDS`], what was read last holds, and at first nobody is refused: the
/// request will fail by itself.
pub(super) async fn admit(arrival: &Arrival<'_>, tenant: &Tenant) -> Result<(), ApiError> {
    let blocks = &arrival.memory.blocks;
    if !blocks.is_fresh(tenant.id(), arrival.started) {
        match read(arrival, tenant).await {
            Ok(ranges) => blocks.put(tenant.id(), ranges, arrival.started),
            Err(_) => blocks.put_off(tenant.id(), arrival.started),
        }
    }
    let Ok(address) = arrival.network.parse::<IpAddr>() else { return Ok(()) };
    let until = blocks.until(tenant.id(), address, arrival.started);
    if until.is_some() { Err(ApiError::address_blocked()) } else { Ok(()) }
}

async fn read(arrival: &Arrival<'_>, tenant: &Tenant) -> Result<Vec<Blocked>, DbError> {
    let database = arrival.platform.database(tenant.database()).ok_or_else(|| DbError::Unavailable("not bound".to_owned()))?;
    let words = &arrival.memory.words;
    let [version, newer] = own_texts::newer(words.version(tenant.id()));
    let db = TenantDb::new(database.as_ref(), tenant);
    let answers = db.batch(vec![store::in_force(arrival.started, BLOCKS_MAX), version, newer]).await?;
    let [ranges, version, newer] = answers.as_slice() else {
        return Err(DbError::Unavailable("a batch of three answered otherwise".to_owned()));
    };
    words.put(tenant.id(), own_texts::version(version)?, &newer.all::<OwnTextRow>()?);
    let rows: Vec<InForce> = ranges.all()?;
    Ok(rows.into_iter().filter_map(|row| Some((Range::parse(&row.range).ok()?, row.expires_at))).collect())
}
