//! The objects of a tenant: its alarm clock and its hub of open pages.
//!
//! Both are thin shells over pure rules in `shared` (`timer`, `live`): they decode, ask the rule, store, send. What they keep is
//! a projection; the tenant's database is the truth, and either object can be lost without losing anything that was promised.

#[cfg(target_arch = "wasm32")]
#[expect(missing_docs, reason = "the attribute that exports an object makes methods of its own")]
mod sla_timer;
#[cfg(target_arch = "wasm32")]
#[expect(missing_docs, reason = "the attribute that exports an object makes methods of its own")]
mod tenant_hub;

#[cfg(target_arch = "wasm32")]
pub use sla_timer::SlaTimer;
#[cfg(target_arch = "wasm32")]
pub use tenant_hub::TenantHub;
