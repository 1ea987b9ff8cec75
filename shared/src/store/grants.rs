//! Roles given to people and groups, for some of the tickets or all, for good or for a time. A grant ends; its row stays.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::access::{Permissions, Reach, Role, Until};
use crate::database::{TenantStatement, optional_json_text};
use crate::id::{GrantId, GroupId, RoleId, UserId};
use crate::tenant_statements;
use crate::values;

/// "For good", as a moment.
pub const FOREVER: i64 = Until::NEVER.millis();
/// Grants of one person or group that are in force or yet to come: each is looked at when a session is.
pub const GRANTS_MAX: u32 = 50;

/// The columns of [`Grant`].
macro_rules! grants {
    ($rest:literal) => {
        concat!(
            "SELECT g.id, g.user_id, u.name AS user_name, g.group_id, p.name AS group_name, COALESCE(r.base, g.role) AS role, g.role_id,
                r.name AS role_name, r.permissions, g.reach, g.place,
                COALESCE((SELECT name FROM organizations WHERE tenant_id = ?1 AND id = g.place),
                    (SELECT name FROM departments WHERE tenant_id = ?1 AND id = g.place)) AS place_name, g.reason, g.starts_at, g.ends_at, g.created_by, g.created_at, g.revoked_at
            FROM grants g
                LEFT JOIN users u ON u.tenant_id = g.tenant_id AND u.id = g.user_id
                LEFT JOIN groups p ON p.tenant_id = g.tenant_id AND p.id = g.group_id
                LEFT JOIN roles r ON r.tenant_id = g.tenant_id AND r.id = g.role_id
            WHERE g.tenant_id = ?1 AND ",
            $rest
        )
    };
}

tenant_statements! {
    /// Grants, the latest first.
    LIST = grants!("g.id < ?2 ORDER BY g.id DESC LIMIT ?3");
    /// Those of one person.
    LIST_USER = grants!("g.user_id = ?4 AND g.id < ?2 ORDER BY g.id DESC LIMIT ?3");
    /// Those of one group.
    LIST_GROUP = grants!("g.group_id = ?4 AND g.id < ?2 ORDER BY g.id DESC LIMIT ?3");
    /// Those of one person that are in force at a moment; of those that are not over there are few.
    LIST_USER_AT = grants!("g.user_id = ?4 AND g.revoked_at IS NULL AND g.starts_at <= ?5 AND g.ends_at > ?5 AND g.id < ?2
        ORDER BY g.id DESC LIMIT ?3");
    /// The same of one group.
    LIST_GROUP_AT = grants!("g.group_id = ?4 AND g.revoked_at IS NULL AND g.starts_at <= ?5 AND g.ends_at > ?5 AND g.id < ?2
        ORDER BY g.id DESC LIMIT ?3");
    /// One.
    SHOW = grants!("g.id = ?2 LIMIT 1");
    /// A new one.
    INSERT = "INSERT INTO grants (tenant_id, id, user_id, group_id, role, role_id, reach, place, reason, starts_at, ends_at, created_by, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    /// There is room for one more that is not over.
    GUARD_COUNT_USER = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM grants WHERE tenant_id = ?1 AND user_id = ?2 AND revoked_at IS NULL AND ends_at > ?3) < ?4";
    /// The same for a group.
    GUARD_COUNT_GROUP = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM grants WHERE tenant_id = ?1 AND group_id = ?2 AND revoked_at IS NULL AND ends_at > ?3) < ?4";
    /// It is still in force or yet to come.
    GUARD_ALIVE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done',
        EXISTS (SELECT 1 FROM grants WHERE tenant_id = ?1 AND id = ?2 AND revoked_at IS NULL AND ends_at > ?3)";
    /// It ends.
    REVOKE = "UPDATE grants SET revoked_at = ?3 WHERE tenant_id = ?1 AND id = ?2";
    /// An organization or department by its id.
    PLACE = "SELECT 'organization' AS kind FROM organizations WHERE tenant_id = ?1 AND id = ?2
        UNION ALL SELECT 'department' FROM departments WHERE tenant_id = ?1 AND id = ?2 AND archived_at IS NULL LIMIT 1";
}

/// A role that was given to somebody.
#[derive(Debug, Clone, Deserialize)]
pub struct Grant {
    /// Id.
    pub id: GrantId,
    /// To whom.
    pub user_id: Option<UserId>,
    /// Their name.
    pub user_name: Option<String>,
    /// To which group.
    pub group_id: Option<GroupId>,
    /// Its name.
    pub group_name: Option<String>,
    /// One of the five, also the one that a role of the tenant's own is built on.
    pub role: Role,
    /// The role of the tenant's own.
    pub role_id: Option<RoleId>,
    /// Its name.
    pub role_name: Option<String>,
    /// Its permissions.
    #[serde(deserialize_with = "optional_json_text")]
    pub permissions: Option<Permissions>,
    /// For which tickets.
    pub reach: Reach,
    /// The organization or department, where it is not the holder's own.
    pub place: Option<String>,
    /// Its name.
    pub place_name: Option<String>,
    /// Why.
    pub reason: String,
    /// From when, in milliseconds.
    pub starts_at: i64,
    /// Until when, in milliseconds; [`FOREVER`] for good.
    pub ends_at: i64,
    /// Who gave it.
    pub created_by: String,
    /// When.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was taken back.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Grant {
    /// How it stands: `revoked`, `later`, `active` or `over`.
    pub fn state(&self, now: DateTime<Utc>) -> &'static str {
        let now = now.timestamp_millis();
        match self {
            Self { revoked_at: Some(_), .. } => "revoked",
            Self { ends_at, .. } if *ends_at <= now => "over",
            Self { starts_at, .. } if *starts_at > now => "later",
            _ => "active",
        }
    }

    /// What it gives.
    pub fn permissions(&self) -> Permissions {
        self.permissions.unwrap_or_else(|| Permissions::of(self.role.permissions()))
    }
}

/// Who gets a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grantee<'a> {
    /// A person.
    User(&'a UserId),
    /// A group.
    Group(&'a GroupId),
}

/// A grant to write.
#[derive(Debug, Clone)]
pub struct NewGrant<'a> {
    /// Id.
    pub id: &'a GrantId,
    /// To whom.
    pub to: Grantee<'a>,
    /// One of the five, where it is no role of the tenant's own.
    pub role: Option<Role>,
    /// A role of the tenant's own.
    pub role_id: Option<&'a RoleId>,
    /// For which tickets.
    pub reach: Reach,
    /// The organization or department.
    pub place: Option<&'a str>,
    /// Why.
    pub reason: &'a str,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, in milliseconds.
    pub ends_at: i64,
    /// Who gives it.
    pub created_by: &'a str,
}

/// Up to `limit` grants before the one of id `before` (empty: from the latest).
pub fn list(to: Option<Grantee<'_>>, before: &str, limit: u32) -> TenantStatement {
    let before = if before.is_empty() { "h" } else { before };
    match to {
        None => LIST.with(values![before, limit]),
        Some(Grantee::User(user)) => LIST_USER.with(values![before, limit, user]),
        Some(Grantee::Group(group)) => LIST_GROUP.with(values![before, limit, group]),
    }
}

/// The same of those that are in force at `at`.
pub fn list_at(to: Grantee<'_>, before: &str, limit: u32, at: DateTime<Utc>) -> TenantStatement {
    let before = if before.is_empty() { "h" } else { before };
    match to {
        Grantee::User(user) => LIST_USER_AT.with(values![before, limit, user, at]),
        Grantee::Group(group) => LIST_GROUP_AT.with(values![before, limit, group, at]),
    }
}

/// One; read the row as [`Grant`].
pub fn show(id: &GrantId) -> TenantStatement {
    SHOW.with(values![id])
}

/// Writes a grant; refused (`limit`) when there are [`GRANTS_MAX`] already.
pub fn insert(grant: &NewGrant<'_>, now: DateTime<Utc>) -> [TenantStatement; 2] {
    let (user, group) = match grant.to {
        Grantee::User(user) => (Some(user), None),
        Grantee::Group(group) => (None, Some(group)),
    };
    let room = match grant.to {
        Grantee::User(user) => GUARD_COUNT_USER.with(values![user, now, GRANTS_MAX]),
        Grantee::Group(group) => GUARD_COUNT_GROUP.with(values![group, now, GRANTS_MAX]),
    };
    let row = INSERT.with(values![
        grant.id,
        user,
        group,
        grant.role.map(Role::as_str),
        grant.role_id,
        grant.reach.as_str(),
        grant.place,
        grant.reason,
        grant.starts_at,
        grant.ends_at,
        grant.created_by,
        now
    ]);
    [room, row]
}

/// Ends a grant; refused (`already_done`) when it is over.
pub fn revoke(id: &GrantId, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_ALIVE.with(values![id, now]), REVOKE.with(values![id, now])]
}

/// Whether there is such an organization or department: `kind` of the row.
pub fn place(id: &str) -> TenantStatement {
    PLACE.with(values![id])
}
