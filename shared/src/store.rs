//! All SQL of the product, one file an aggregate: literal statements in upper case, typed rows, a LIMIT on every list.

pub mod audit;
pub mod platform;
pub mod provisioning;
pub mod queues;
pub mod search;
pub mod sessions;

use crate::database::{PlatformSql, TenantSql};

/// Every tenant statement by file and name: what the statement checks look at. A file that declares some and is not
/// here fails those checks.
pub const TENANT_STATEMENTS: &[(&str, &[(&str, TenantSql)])] = &[
    ("audit", audit::STATEMENTS),
    ("provisioning", provisioning::STATEMENTS),
    ("queues", queues::STATEMENTS),
    ("search", search::STATEMENTS),
    ("sessions", sessions::STATEMENTS),
];

/// Every platform statement, likewise.
pub const PLATFORM_STATEMENTS: &[(&str, &[(&str, PlatformSql)])] = &[("platform", platform::STATEMENTS)];
