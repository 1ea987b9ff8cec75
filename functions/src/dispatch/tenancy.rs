//! Host to tenant: an exact match among verified hosts, remembered for a moment by the isolate.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};
use shared::database::PlatformDb;
use shared::error::ApiError;
use shared::limits::TENANT_CACHE_SECONDS;
use shared::store::platform as store;
use shared::tenant::Tenant;

use super::{Arrival, rates};

/// Hosts that an isolate remembers at most; beyond it, it starts anew.
const HOSTS_MAX: usize = 1_000;

/// What an isolate remembers of hosts. Unknown hosts are remembered too: a flood of them must not reach the database.
#[derive(Default)]
pub struct TenantCache(RefCell<HashMap<String, Remembered>>);

#[derive(Clone)]
struct Remembered {
    tenant: Option<Rc<Tenant>>,
    until: DateTime<Utc>,
}

impl TenantCache {
    /// Forgets everything, after a change of settings.
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    #[expect(clippy::option_option, reason = "not remembered, and remembered as unknown, are two things")]
    fn get(&self, host: &str, now: DateTime<Utc>) -> Option<Option<Rc<Tenant>>> {
        self.0.borrow().get(host).filter(|entry| entry.until > now).map(|entry| entry.tenant.clone())
    }

    fn put(&self, host: &str, tenant: Option<Rc<Tenant>>, now: DateTime<Utc>) {
        let mut hosts = self.0.borrow_mut();
        if hosts.len() >= HOSTS_MAX {
            hosts.clear();
        }
        hosts.insert(host.to_owned(), Remembered { tenant, until: now + TimeDelta::seconds(TENANT_CACHE_SECONDS) });
    }
}

/// The tenant of `host`; `None` when no verified host has exactly this name.
pub(super) async fn resolve(arrival: &Arrival<'_>, host: &str) -> Result<Option<Rc<Tenant>>, ApiError> {
    let (platform, cache, now) = (arrival.platform, &arrival.memory.tenants, arrival.started);
    if let Some(remembered) = cache.get(host, now) {
        return Ok(remembered);
    }
    rates::admit_host(arrival)?;
    let database = platform.database("PLATFORM_DB").ok_or_else(|| ApiError::unavailable("no PLATFORM_DB"))?;
    let rows = PlatformDb::new(database.as_ref()).run(store::tenant_of_host(host)).await?;
    let tenant = store::tenants(&rows)?.into_iter().next().map(Rc::new);
    cache.put(host, tenant.clone(), now);
    Ok(tenant)
}
