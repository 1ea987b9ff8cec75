//! Policies over attributes, as administrators keep them.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::roles::text;
use crate::access::{Condition, Effect, Permissions};
use crate::database::{TenantStatement, bool_from_integer, json_text};
use crate::id::AccessPolicyId;
use crate::tenant_statements;
use crate::values;

/// Policies of one tenant that are in force: each is looked at when a session is.
pub const POLICIES_MAX: u32 = 50;

tenant_statements! {
    /// Policies by name, after one of them.
    LIST = "SELECT id, name, description, effect, permissions, condition, enabled, created_at, updated_at, version FROM access_policies
        WHERE tenant_id = ?1 AND name > COALESCE((SELECT name FROM access_policies WHERE tenant_id = ?1 AND id = ?2), '') ORDER BY name LIMIT ?3";
    /// One.
    SHOW = "SELECT id, name, description, effect, permissions, condition, enabled, created_at, updated_at, version FROM access_policies
        WHERE tenant_id = ?1 AND id = ?2 LIMIT 1";
    /// A new one. The name is refused (`access_policies.name`) when another has it.
    INSERT = "INSERT INTO access_policies (tenant_id, id, name, description, effect, permissions, condition, enabled, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)";
    /// All of it anew.
    UPDATE = "UPDATE access_policies SET name = ?3, description = ?4, effect = ?5, permissions = ?6, condition = ?7, enabled = ?8,
        updated_at = ?9, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// Away with it.
    DELETE = "DELETE FROM access_policies WHERE tenant_id = ?1 AND id = ?2";
    /// Nobody has changed it since it was read.
    GUARD_VERSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM access_policies WHERE tenant_id = ?1 AND id = ?2)";
    /// There are not too many in force, counted after the change.
    GUARD_COUNT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM (SELECT 1 FROM access_policies WHERE tenant_id = ?1 AND enabled = 1 LIMIT ?2 + 1)) <= ?2";
}

/// A policy as it is kept.
#[derive(Debug, Clone, Deserialize)]
pub struct Kept {
    /// Id.
    pub id: AccessPolicyId,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What it does.
    pub effect: Effect,
    /// With which permissions.
    #[serde(deserialize_with = "json_text")]
    pub permissions: Permissions,
    /// When.
    #[serde(deserialize_with = "json_text")]
    pub condition: Condition,
    /// Whether it is in force.
    #[serde(deserialize_with = "bool_from_integer")]
    pub enabled: bool,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub updated_at: DateTime<Utc>,
    /// Counts the changes.
    pub version: i64,
}

/// Up to `limit` policies by name after the one of id `after` (empty: from the first).
pub fn list(after: &str, limit: u32) -> TenantStatement {
    LIST.with(values![after, limit])
}

/// One; read the row as [`Kept`].
pub fn show(id: &AccessPolicyId) -> TenantStatement {
    SHOW.with(values![id])
}

/// Writes a policy; refused (`limit`) when more than [`POLICIES_MAX`] would be in force.
pub fn insert(policy: &Kept) -> [TenantStatement; 2] {
    let row = INSERT.with(values![
        &policy.id,
        &policy.name,
        &policy.description,
        policy.effect.as_str(),
        text(policy.permissions),
        policy.condition.rule().to_string(),
        policy.enabled,
        policy.created_at
    ]);
    [row, GUARD_COUNT.with(values![POLICIES_MAX])]
}

/// Writes a policy anew; refused (`stale_version`) when it is not at `version` any more, and (`limit`) when too many would be in force.
pub fn update(policy: &Kept, version: i64) -> [TenantStatement; 3] {
    let row = UPDATE.with(values![
        &policy.id,
        &policy.name,
        &policy.description,
        policy.effect.as_str(),
        text(policy.permissions),
        policy.condition.rule().to_string(),
        policy.enabled,
        policy.updated_at
    ]);
    [GUARD_VERSION.with(values![&policy.id, version]), row, GUARD_COUNT.with(values![POLICIES_MAX])]
}

/// Removes a policy; refused (`stale_version`) when it is not at `version` any more.
pub fn delete(id: &AccessPolicyId, version: i64) -> [TenantStatement; 2] {
    [GUARD_VERSION.with(values![id, version]), DELETE.with(values![id])]
}
