//! What tenants say in their own words, as an isolate remembers it under a version.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use shared::i18n::Locale;
use shared::i18n::own::OwnTexts;
use shared::id::TenantId;
use shared::store::own_texts::OwnTextRow;

/// Tenants that an isolate remembers at most; beyond it, it starts anew.
const TENANTS_MAX: usize = 200;
/// The version before anything was read.
const UNKNOWN: i64 = -1;

/// The version of a tenant's words, and the words where there are some.
type Remembered = (i64, Option<Rc<OwnTexts>>);

/// What an isolate remembers of tenants' words.
#[derive(Default)]
pub struct Words(RefCell<HashMap<TenantId, Remembered>>);

impl Words {
    /// What the tenant says in place of the product's texts; `None` where it says nothing.
    pub fn of(&self, tenant: &TenantId) -> Option<Rc<OwnTexts>> {
        self.0.borrow().get(tenant).and_then(|(_, texts)| texts.clone())
    }

    /// Under which version they are remembered.
    pub fn version(&self, tenant: &TenantId) -> i64 {
        self.0.borrow().get(tenant).map_or(UNKNOWN, |(version, _)| *version)
    }

    /// Remembers what was read, unless it is what was known.
    pub fn put(&self, tenant: &TenantId, version: i64, rows: &[OwnTextRow]) {
        if self.version(tenant) == version {
            return;
        }
        let mut remembered = self.0.borrow_mut();
        if remembered.len() >= TENANTS_MAX {
            remembered.clear();
        }
        remembered.insert(tenant.clone(), (version, texts(rows)));
    }
}

/// Rows as they are spoken; `None` where there are none.
pub fn texts(rows: &[OwnTextRow]) -> Option<Rc<OwnTexts>> {
    let known = rows.iter().filter_map(|row| Some((Locale::parse(&row.locale)?, row.key.as_str(), row.text.as_str())));
    (!rows.is_empty()).then(|| Rc::new(OwnTexts::new(known)))
}
