//! Addresses and ranges of addresses that a tenant's hosts turn away.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::TenantStatement;
use crate::id::BlockId;
use crate::limits::BLOCKS_MAX;
use crate::tenant_statements;
use crate::values;

/// Later than every id.
const END: &str = "blk_~";
/// The end of a block that has none: the last moment of the year 9999.
const NEVER_MS: i64 = 253_402_300_799_000;

tenant_statements! {
    /// Blocks, the newest first.
    LIST = "SELECT b.id, b.range, b.reason, b.origin, b.created_at, b.created_by, b.expires_at, u.name AS created_by_name
        FROM address_blocks b LEFT JOIN users u ON u.tenant_id = b.tenant_id AND u.id = b.created_by
        WHERE b.tenant_id = ?1 AND b.id < ?2 ORDER BY b.id DESC LIMIT ?3";
    /// One.
    SHOW = "SELECT b.id, b.range, b.reason, b.origin, b.created_at, b.created_by, b.expires_at, u.name AS created_by_name
        FROM address_blocks b LEFT JOIN users u ON u.tenant_id = b.tenant_id AND u.id = b.created_by
        WHERE b.tenant_id = ?1 AND b.id = ?2 LIMIT 1";
    /// What is turned away now.
    IN_FORCE = "SELECT range, expires_at FROM address_blocks WHERE tenant_id = ?1 AND expires_at > ?2 ORDER BY expires_at DESC LIMIT ?3";
    /// A new one.
    INSERT = "INSERT INTO address_blocks (tenant_id, id, range, reason, origin, created_at, created_by, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    /// A new one by rule, unless somebody has blocked the range for longer.
    INSERT_BY_RULE = "INSERT INTO address_blocks (tenant_id, id, range, reason, origin, created_at, created_by, expires_at)
        SELECT ?1, ?2, ?3, ?4, 'rule', ?5, 'system', ?6 WHERE (SELECT COUNT(*) FROM address_blocks WHERE tenant_id = ?1) < ?7
        ON CONFLICT (tenant_id, range) DO UPDATE SET expires_at = MAX(expires_at, excluded.expires_at)";
    /// One that is over makes room for another of the same range.
    DELETE_OVER = "DELETE FROM address_blocks WHERE tenant_id = ?1 AND range = ?2 AND expires_at <= ?3";
    /// It is there.
    GUARD_THERE = "INSERT INTO guards (tenant_id, rule, holds)
        SELECT ?1, 'not_found', EXISTS (SELECT 1 FROM address_blocks WHERE tenant_id = ?1 AND id = ?2)";
    /// There is room for one more.
    GUARD_COUNT = "INSERT INTO guards (tenant_id, rule, holds)
        SELECT ?1, 'limit', (SELECT COUNT(*) FROM address_blocks WHERE tenant_id = ?1) < ?2";
    /// Away with it.
    DELETE = "DELETE FROM address_blocks WHERE tenant_id = ?1 AND id = ?2";
    /// Those that were over before a moment.
    PURGE = "DELETE FROM address_blocks WHERE tenant_id = ?1 AND id IN
        (SELECT id FROM address_blocks WHERE tenant_id = ?1 AND expires_at < ?2 LIMIT ?3)";
}

/// Who blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody, by hand.
    Manual,
    /// The product, by its rule.
    Rule,
}

impl Origin {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Rule => "rule",
        }
    }
}

/// A block.
#[derive(Debug, Clone, Deserialize)]
pub struct Block {
    /// Id.
    pub id: BlockId,
    /// The range, in its one text.
    pub range: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub origin: Origin,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// By whom, as the audit log names them.
    pub created_by: String,
    /// Their name, if it is a person.
    pub created_by_name: Option<String>,
    /// Until when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub expires_at: DateTime<Utc>,
}

impl Block {
    /// Until when, of one that ends.
    pub fn ends_at(&self) -> Option<DateTime<Utc>> {
        Some(self.expires_at).filter(|end| end.timestamp_millis() < NEVER_MS)
    }
}

/// A range that is turned away.
#[derive(Debug, Clone, Deserialize)]
pub struct InForce {
    /// The range.
    pub range: String,
    /// Until when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub expires_at: DateTime<Utc>,
}

/// The end of a block that has none.
pub fn never() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(NEVER_MS).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Up to `limit` blocks before the one with the id `after` (or from the newest, when it is empty).
pub fn list(after: &str, limit: u32) -> TenantStatement {
    LIST.with(values![if after.is_empty() { END } else { after }, limit])
}

/// One; read the row as [`Block`].
pub fn show(id: &BlockId) -> TenantStatement {
    SHOW.with(values![id])
}

/// What is turned away at `now`; read the rows as [`InForce`].
pub fn in_force(now: DateTime<Utc>, limit: u32) -> TenantStatement {
    IN_FORCE.with(values![now, limit])
}

/// Adds a block, if there is room (`limit`) and the range is not blocked already (`address_blocks.range`).
pub fn insert(block: &Block) -> [TenantStatement; 3] {
    [
        DELETE_OVER.with(values![block.range.as_str(), block.created_at]),
        GUARD_COUNT.with(values![BLOCKS_MAX]),
        INSERT.with(values![
            &block.id,
            block.range.as_str(),
            block.reason.as_str(),
            block.origin.as_str(),
            block.created_at,
            block.created_by.as_str(),
            block.expires_at
        ]),
    ]
}

/// Blocks a range by rule, or for longer, as far as there is room.
pub fn insert_by_rule(id: &BlockId, range: &str, reason: &str, now: DateTime<Utc>, expires: DateTime<Utc>) -> TenantStatement {
    INSERT_BY_RULE.with(values![id, range, reason, now, expires, BLOCKS_MAX])
}

/// Removes a block (`not_found`).
pub fn delete(id: &BlockId) -> [TenantStatement; 2] {
    [GUARD_THERE.with(values![id]), DELETE.with(values![id])]
}

/// Removes up to `limit` blocks that were over before `before`.
pub fn purge(before: DateTime<Utc>, limit: u32) -> TenantStatement {
    PURGE.with(values![before, limit])
}
