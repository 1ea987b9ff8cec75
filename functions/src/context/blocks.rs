//! Which addresses a tenant has blocked, as an isolate remembers it for a moment.

use std::cell::RefCell;
use std::collections::HashMap;
use std::net::IpAddr;
use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};
use shared::id::TenantId;
use shared::limits::{BLOCKS_CACHE_SECONDS, BLOCKS_RETRY_SECONDS};
use shared::net::range::Range;

/// Tenants that an isolate remembers at most; beyond it, it starts anew.
const TENANTS_MAX: usize = 500;

/// A blocked range and when that ends.
pub type Blocked = (Range, DateTime<Utc>);

/// What an isolate remembers of blocks.
#[derive(Default)]
pub struct Blocks(RefCell<HashMap<TenantId, Remembered>>);

struct Remembered {
    ranges: Rc<[Blocked]>,
    until: DateTime<Utc>,
}

impl Blocks {
    /// Whether what is remembered of a tenant may be used; otherwise it has to be read.
    pub fn is_fresh(&self, tenant: &TenantId, now: DateTime<Utc>) -> bool {
        self.0.borrow().get(tenant).is_some_and(|entry| entry.until > now)
    }

    /// Until when an address is blocked, as far as is remembered; `None` where it is not.
    pub fn until(&self, tenant: &TenantId, address: IpAddr, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let remembered = self.0.borrow();
        let ranges = &remembered.get(tenant)?.ranges;
        ranges.iter().filter(|(range, end)| *end > now && range.contains(address)).map(|(_, end)| *end).max()
    }

    /// Remembers what was read.
    pub fn put(&self, tenant: &TenantId, ranges: Vec<Blocked>, now: DateTime<Utc>) {
        let mut remembered = self.0.borrow_mut();
        if remembered.len() >= TENANTS_MAX {
            remembered.clear();
        }
        let until = now + TimeDelta::seconds(BLOCKS_CACHE_SECONDS);
        remembered.insert(tenant.clone(), Remembered { ranges: ranges.into(), until });
    }

    /// Remembers that nothing could be read: what was known before holds until it is tried again.
    pub fn put_off(&self, tenant: &TenantId, now: DateTime<Utc>) {
        let mut remembered = self.0.borrow_mut();
        if remembered.len() >= TENANTS_MAX {
            remembered.clear();
        }
        let until = now + TimeDelta::seconds(BLOCKS_RETRY_SECONDS);
        let nothing = || Remembered { ranges: Rc::default(), until };
        remembered.entry(tenant.clone()).or_insert_with(nothing).until = until;
    }

    /// Forgets a tenant's, after a change.
    pub fn forget(&self, tenant: &TenantId) {
        self.0.borrow_mut().remove(tenant);
    }
}
