//! Groups of people, and who belongs to them. Roles are given to groups by grants.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::access::{Permissions, Role};
use crate::database::{TenantStatement, optional_json_text};
use crate::id::{GroupId, UserId};
use crate::store::users::Status;
use crate::tenant_statements;
use crate::values;

/// Groups of one tenant: menus are made of them.
pub const GROUPS_MAX: u32 = 200;
/// Grants of one group that are looked at when somebody joins it.
const GRANTS_MAX: u32 = 200;

tenant_statements! {
    /// Groups by name, after one of them.
    LIST = "SELECT id, name, description, members, created_at, updated_at, version FROM groups
        WHERE tenant_id = ?1 AND name > COALESCE((SELECT name FROM groups WHERE tenant_id = ?1 AND id = ?2), '') ORDER BY name LIMIT ?3";
    /// One.
    SHOW = "SELECT id, name, description, members, created_at, updated_at, version FROM groups WHERE tenant_id = ?1 AND id = ?2 LIMIT 1";
    /// A new one. The name is refused (`groups.name`) when another has it.
    INSERT = "INSERT INTO groups (tenant_id, id, name, description, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)";
    /// Another name or description.
    UPDATE = "UPDATE groups SET name = ?3, description = ?4, updated_at = ?5, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// Away with it, its memberships and what was granted to it.
    DELETE = "DELETE FROM groups WHERE tenant_id = ?1 AND id = ?2";
    /// Nobody has changed it since it was read, and it is still there.
    GUARD_VERSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM groups WHERE tenant_id = ?1 AND id = ?2)";
    /// There is room for one more.
    GUARD_COUNT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit', (SELECT COUNT(*) FROM groups WHERE tenant_id = ?1) < ?2";
    /// Members in the order of their ids, after one of them.
    MEMBERS = "SELECT u.id, u.name, u.email, u.role, u.status, m.added_at FROM group_members m
            JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
        WHERE m.tenant_id = ?1 AND m.group_id = ?2 AND m.user_id > ?3 ORDER BY m.user_id LIMIT ?4";
    /// One member.
    MEMBER = "SELECT u.id, u.name, u.email, u.role, u.status, m.added_at FROM group_members m
            JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
        WHERE m.tenant_id = ?1 AND m.group_id = ?2 AND m.user_id = ?3 LIMIT 1";
    /// One member by address.
    MEMBER_BY_EMAIL = "SELECT u.id, u.name, u.email, u.role, u.status, m.added_at FROM users u
            JOIN group_members m ON m.tenant_id = u.tenant_id AND m.group_id = ?2 AND m.user_id = u.id
        WHERE u.tenant_id = ?1 AND u.email = ?3 LIMIT 1";
    /// Somebody joins.
    JOIN_GROUP = "INSERT INTO group_members (tenant_id, group_id, user_id, added_at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (tenant_id, group_id, user_id) DO NOTHING";
    /// Somebody leaves.
    LEAVE_GROUP = "DELETE FROM group_members WHERE tenant_id = ?1 AND group_id = ?2 AND user_id = ?3";
    /// What the group gives its members, now or later.
    GIVEN = "SELECT COALESCE(r.base, g.role) AS role, r.permissions FROM grants g
            LEFT JOIN roles r ON r.tenant_id = g.tenant_id AND r.id = g.role_id
        WHERE g.tenant_id = ?1 AND g.group_id = ?2 AND g.revoked_at IS NULL AND g.ends_at > ?3 LIMIT ?4";
}

/// A group.
#[derive(Debug, Clone, Deserialize)]
pub struct Group {
    /// Id.
    pub id: GroupId,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How many belong to it.
    pub members: i64,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub updated_at: DateTime<Utc>,
    /// Counts the changes of name and description.
    pub version: i64,
}

/// Somebody who belongs to a group.
#[derive(Debug, Clone, Deserialize)]
pub struct Member {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Whether they can sign in.
    pub status: Status,
    /// Since when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub added_at: DateTime<Utc>,
}

/// A role that a group gives.
#[derive(Debug, Clone, Deserialize)]
pub struct Given {
    /// One of the five, also the one that a role of the tenant's own is built on.
    pub role: Role,
    /// Those of a role of the tenant's own.
    #[serde(deserialize_with = "optional_json_text")]
    pub permissions: Option<Permissions>,
}

impl Given {
    /// What the role holds.
    pub fn permissions(&self) -> Permissions {
        self.permissions.unwrap_or_else(|| Permissions::of(self.role.permissions()))
    }
}

/// Up to `limit` groups by name, after the one with the id `after` (or from the start, when it is empty).
pub fn list(after: &str, limit: u32) -> TenantStatement {
    LIST.with(values![after, limit])
}

/// One group; read the row as [`Group`].
pub fn show(id: &GroupId) -> TenantStatement {
    SHOW.with(values![id])
}

/// Adds a group, if there is room for one more (`limit`).
pub fn insert(group: &Group) -> [TenantStatement; 2] {
    [GUARD_COUNT.with(values![GROUPS_MAX]), INSERT.with(values![&group.id, &group.name, &group.description, group.created_at])]
}

/// Sets name and description of a group that is still at `version` (`stale_version`).
pub fn update(group: &Group, version: i64) -> [TenantStatement; 2] {
    [guard_version(&group.id, version), UPDATE.with(values![&group.id, &group.name, &group.description, group.updated_at])]
}

/// Removes a group that is still at `version` (`stale_version`), with its memberships and what was granted to it.
pub fn delete(id: &GroupId, version: i64) -> [TenantStatement; 2] {
    [guard_version(id, version), DELETE.with(values![id])]
}

fn guard_version(id: &GroupId, version: i64) -> TenantStatement {
    GUARD_VERSION.with(values![id, version])
}

/// Up to `limit` members after the one with the id `after`; read the rows as [`Member`].
pub fn members(id: &GroupId, after: &str, limit: u32) -> TenantStatement {
    MEMBERS.with(values![id, after, limit])
}

/// One member; read the row as [`Member`].
pub fn member(id: &GroupId, user: &UserId) -> TenantStatement {
    MEMBER.with(values![id, user])
}

/// One member by address; read the row as [`Member`].
pub fn member_by_email(id: &GroupId, email: &str) -> TenantStatement {
    MEMBER_BY_EMAIL.with(values![id, email])
}

/// Somebody joins the group.
pub fn join(id: &GroupId, user: &UserId, now: DateTime<Utc>) -> TenantStatement {
    JOIN_GROUP.with(values![id, user, now])
}

/// Somebody leaves the group.
pub fn leave(id: &GroupId, user: &UserId) -> TenantStatement {
    LEAVE_GROUP.with(values![id, user])
}

/// What the group gives its members; read the rows as [`Given`].
pub fn given(id: &GroupId, now: DateTime<Utc>) -> TenantStatement {
    GIVEN.with(values![id, now, GRANTS_MAX])
}
