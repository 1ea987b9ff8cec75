//! How often something was tried: signing in, asking for a mail, writing into the public form. Counted by key and window.

use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement, list};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// One more try; answers how many there were in this window.
    COUNT = "INSERT INTO attempts (tenant_id, key, window, count) VALUES (?1, ?2, ?3, 1)
        ON CONFLICT (tenant_id, key, window) DO UPDATE SET count = count + 1 RETURNING count";
    /// Not more than `?4` tries in this window.
    GUARD = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT count <= ?4 FROM attempts WHERE tenant_id = ?1 AND key = ?2 AND window = ?3)";
    /// A try that turned out well does not count.
    FORGET_ONE = "UPDATE attempts SET count = count - 1
        WHERE tenant_id = ?1 AND key IN (SELECT value FROM json_each(?2)) AND window = ?3 AND count > 0";
    /// Windows that are over.
    PURGE = "DELETE FROM attempts WHERE tenant_id = ?1 AND (key, window) IN
        (SELECT key, window FROM attempts WHERE tenant_id = ?1 AND window < ?2 LIMIT ?3)";
}

#[derive(Deserialize)]
struct CountRow {
    count: i64,
}

/// Counts a try of `key` in the window that began at `window`, in seconds since 1970.
pub fn count(key: &str, window: i64) -> TenantStatement {
    COUNT.with(values![key, window])
}

/// What [`count`] answered.
pub fn counted(rows: &Rows) -> Result<i64, DbError> {
    Ok(rows.first::<CountRow>()?.map_or(0, |row| row.count))
}

/// Refuses the batch (`limit`) when there were more than `limit` tries, those that it counts itself included.
pub fn guard(key: &str, window: i64, limit: i64) -> TenantStatement {
    GUARD.with(values![key, window, limit])
}

/// Takes back one try of each key.
pub fn forget_one(keys: &[String], window: i64) -> TenantStatement {
    FORGET_ONE.with(values![list(keys), window])
}

/// Removes up to `limit` rows of windows that began before `window`, in seconds since 1970.
pub fn purge(window: i64, limit: u32) -> TenantStatement {
    PURGE.with(values![window, limit])
}
