//! Roles of the tenant's own: named sets of permissions, each built on one of the five.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::access::{Permissions, Role};
use crate::database::{TenantStatement, Value, json_text};
use crate::id::RoleId;
use crate::tenant_statements;
use crate::values;

/// Roles of one tenant: menus are made of them.
pub const ROLES_MAX: u32 = 200;

tenant_statements! {
    /// Roles by name, after one of them.
    LIST = "SELECT id, name, description, base, permissions, created_at, updated_at, version FROM roles
        WHERE tenant_id = ?1 AND name > COALESCE((SELECT name FROM roles WHERE tenant_id = ?1 AND id = ?2), '') ORDER BY name LIMIT ?3";
    /// One.
    SHOW = "SELECT id, name, description, base, permissions, created_at, updated_at, version FROM roles WHERE tenant_id = ?1 AND id = ?2 LIMIT 1";
    /// All of them, where there are directories that give roles.
    FOR_DIRECTORIES = "SELECT id, name, description, base, permissions, created_at, updated_at, version FROM roles
        WHERE tenant_id = ?1 AND EXISTS (SELECT 1 FROM directories WHERE tenant_id = ?1) LIMIT ?2";
    /// A new one. The name is refused (`roles.name`) when another has it.
    INSERT = "INSERT INTO roles (tenant_id, id, name, description, base, permissions, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)";
    /// Another name, description, set of permissions.
    UPDATE = "UPDATE roles SET name = ?3, description = ?4, permissions = ?5, updated_at = ?6, version = version + 1
        WHERE tenant_id = ?1 AND id = ?2";
    /// Away with it.
    DELETE = "DELETE FROM roles WHERE tenant_id = ?1 AND id = ?2";
    /// Nobody has changed it since it was read, and it is still there.
    GUARD_VERSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM roles WHERE tenant_id = ?1 AND id = ?2)";
    /// There is room for one more.
    GUARD_COUNT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit', (SELECT COUNT(*) FROM roles WHERE tenant_id = ?1) < ?2";
    /// Nobody has it, and no grant gives it, now or later.
    GUARD_UNUSED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'in_use',
        NOT EXISTS (SELECT 1 FROM users WHERE tenant_id = ?1 AND role_id = ?2)
        AND NOT EXISTS (SELECT 1 FROM grants WHERE tenant_id = ?1 AND role_id = ?2 AND revoked_at IS NULL AND ends_at > ?3)
        AND NOT EXISTS (SELECT 1 FROM directories WHERE tenant_id = ?1 AND instr(definition, '\"' || ?2 || '\"') > 0)
        AND NOT EXISTS (SELECT 1 FROM identity_providers WHERE tenant_id = ?1 AND instr(definition, '\"' || ?2 || '\"') > 0)";
    /// Somebody is left who can sign in and holds, by the role alone, what administering the tenant takes.
    GUARD_ADMIN_LEFT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'last_admin',
        EXISTS (SELECT 1 FROM users WHERE tenant_id = ?1 AND role = 'admin' AND role_id IS NULL AND status = 'active' AND is_service = 0)
        OR EXISTS (SELECT 1 FROM roles r JOIN users u ON u.tenant_id = r.tenant_id AND u.role_id = r.id
            WHERE r.tenant_id = ?1 AND u.status = 'active' AND u.is_service = 0
            AND EXISTS (SELECT 1 FROM json_each(r.permissions) WHERE value = 'access.manage')
            AND EXISTS (SELECT 1 FROM json_each(r.permissions) WHERE value = 'tenant.manage'))";
}

/// A role of the tenant's own.
#[derive(Debug, Clone, Deserialize)]
pub struct OwnRole {
    /// Id.
    pub id: RoleId,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Which of the five it is built on.
    pub base: Role,
    /// What it holds.
    #[serde(deserialize_with = "json_text")]
    pub permissions: Permissions,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub updated_at: DateTime<Utc>,
    /// Counts the changes.
    pub version: i64,
}

/// Up to `limit` roles by name, after the one with the id `after` (or from the start, when it is empty).
pub fn list(after: &str, limit: u32) -> TenantStatement {
    LIST.with(values![after, limit])
}

/// One role; read the row as [`OwnRole`].
pub fn show(id: &RoleId) -> TenantStatement {
    SHOW.with(values![id])
}

/// Adds a role, if there is room for one more (`limit`).
pub fn insert(role: &OwnRole) -> [TenantStatement; 2] {
    let permissions = text(role.permissions);
    let base = role.base.as_str();
    [
        GUARD_COUNT.with(values![ROLES_MAX]),
        INSERT.with(values![&role.id, &role.name, &role.description, base, permissions, role.created_at]),
    ]
}

/// Sets name, description and permissions of a role that is still at `version` (`stale_version`).
pub fn update(role: &OwnRole, version: i64) -> [TenantStatement; 2] {
    let permissions = text(role.permissions);
    [
        guard_version(&role.id, version),
        UPDATE.with(values![&role.id, &role.name, &role.description, permissions, role.updated_at]),
    ]
}

/// Removes a role that is still at `version` (`stale_version`) and that nobody holds (`in_use`).
pub fn delete(id: &RoleId, version: i64, now: DateTime<Utc>) -> [TenantStatement; 3] {
    [guard_version(id, version), GUARD_UNUSED.with(values![id, now]), DELETE.with(values![id])]
}

/// Refuses the batch (`stale_version`) unless the role is at this version.
pub fn guard_version(id: &RoleId, version: i64) -> TenantStatement {
    GUARD_VERSION.with(values![id, version])
}

/// Refuses the batch (`last_admin`) when what was written before it leaves nobody who can administer the tenant.
pub fn guard_admin_left() -> TenantStatement {
    GUARD_ADMIN_LEFT.with(values![])
}

/// Permissions as they are stored: a list of names.
pub(super) fn text(permissions: Permissions) -> Value {
    crate::database::list(&permissions.iter().collect::<Vec<_>>())
}

/// Which role a person is given: one of the five, or one of the tenant's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleChoice {
    /// One of the five.
    BuiltIn(Role),
    /// One of the tenant's own.
    Own(RoleId),
}

impl RoleChoice {
    /// Reads `agent` or `rol_...`.
    pub fn parse(text: &str) -> Option<Self> {
        Role::parse(text).map(Self::BuiltIn).or_else(|| RoleId::parse(text).ok().map(Self::Own))
    }

    /// The id, if it is one of the tenant's own.
    pub fn own(&self) -> Option<&RoleId> {
        match self {
            Self::BuiltIn(_) => None,
            Self::Own(id) => Some(id),
        }
    }
}

/// All of them, where there are directories that give roles; read the rows as [`OwnRole`].
pub fn for_directories() -> TenantStatement {
    FOR_DIRECTORIES.with(values![ROLES_MAX])
}
