//! The columns that tell what a person `u` holds at the moment `?3`, in whatever statement asks for it.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::access::{Held, Holder, Holding, Lender, Permissions, Role};
use crate::database::{DbError, Rows, TenantStatement, bool_from_integer, json_text, optional_json_text};
use crate::id::{DepartmentId, GroupId, OrganizationId, UserId};
use crate::tenant_statements;
use crate::values;

/// Roles that the person with the given id holds by grants, their own and those of their groups, as JSON.
macro_rules! holdings {
    ($user:literal) => {
        concat!(
            "(SELECT json_group_array(json_object('grant', h.grant_id, 'group', h.group_id, 'role', COALESCE(c.base, h.role), 'role_name', c.name,
                'permissions', json(c.permissions), 'reach', h.reach, 'place', h.place, 'until', h.ends_at))
            FROM held_roles h LEFT JOIN roles c ON c.tenant_id = ?1 AND c.id = h.role_id
            WHERE h.tenant_id = ?1 AND h.user_id = ",
            $user,
            " AND h.starts_at <= ?3 AND h.ends_at > ?3)"
        )
    };
}

/// The groups of a person by their names, as JSON.
macro_rules! group_names {
    () => {
        "(SELECT json_group_array(json_object('id', n.id, 'name', n.name)) FROM group_members g
            JOIN groups n ON n.tenant_id = g.tenant_id AND n.id = g.group_id WHERE g.tenant_id = ?1 AND g.user_id = u.id) AS group_names"
    };
}

/// The columns of [`HeldRow`] over `users u`. Programs are nobody's deputies, and have none.
macro_rules! held {
    () => {
        concat!(
            "u.id, u.name, u.email, u.role, u.organization_id, u.department_id,
            (SELECT permissions FROM roles WHERE tenant_id = ?1 AND id = u.role_id) AS role_permissions,
            (SELECT json_group_array(g.group_id) FROM group_members g WHERE g.tenant_id = ?1 AND g.user_id = u.id) AS groups, ",
            crate::store::held::holdings!("u.id"),
            " AS holdings,
            (SELECT json_group_array(json_object('delegation', d.id, 'until', d.ends_at, 'id', p.id, 'name', p.name, 'email', p.email,
                'role', p.role, 'permissions', json((SELECT permissions FROM roles WHERE tenant_id = ?1 AND id = p.role_id)),
                'organization', p.organization_id, 'department', p.department_id,
                'groups', json((SELECT json_group_array(g.group_id) FROM group_members g WHERE g.tenant_id = ?1 AND g.user_id = p.id)),
                'holdings', json(",
            crate::store::held::holdings!("p.id"),
            ")))
            FROM delegations d JOIN users p ON p.tenant_id = d.tenant_id AND p.id = d.delegator_id
            WHERE d.tenant_id = ?1 AND d.deputy_id = u.id AND d.revoked_at IS NULL AND d.starts_at <= ?3 AND d.ends_at > ?3
                AND p.status = 'active' AND p.is_service = 0 AND u.is_service = 0) AS lenders"
        )
    };
}

pub(crate) use {held, holdings};

tenant_statements! {
    /// People who can sign in, and programs, in the order of their ids, with what they hold: those of the desk.
    DESK = concat!("SELECT ", held!(), ", u.is_service, (SELECT name FROM roles WHERE tenant_id = ?1 AND id = u.role_id) AS role_name, ", group_names!(),
        " FROM users u WHERE u.tenant_id = ?1 AND u.id > ?2 AND u.role <> 'client' AND u.status = 'active' ORDER BY u.id LIMIT ?4");
    /// The clients.
    CLIENTS = concat!("SELECT ", held!(), ", u.is_service, (SELECT name FROM roles WHERE tenant_id = ?1 AND id = u.role_id) AS role_name, ", group_names!(),
        " FROM users u WHERE u.tenant_id = ?1 AND u.id > ?2 AND u.role = 'client' AND u.status = 'active' ORDER BY u.id LIMIT ?4");
    /// One of them.
    PERSON = concat!("SELECT ", held!(), ", u.is_service, (SELECT name FROM roles WHERE tenant_id = ?1 AND id = u.role_id) AS role_name, ", group_names!(),
        " FROM users u WHERE u.tenant_id = ?1 AND u.id = ?2 AND u.status = 'active' LIMIT 1");
    /// The same by address.
    BY_EMAIL = concat!("SELECT ", held!(), ", u.is_service, (SELECT name FROM roles WHERE tenant_id = ?1 AND id = u.role_id) AS role_name, ", group_names!(),
        " FROM users u WHERE u.tenant_id = ?1 AND u.email = ?2 AND u.status = 'active' LIMIT 1");
    /// The roles that somebody holds, or will before a moment, with what each holds: for comparing, not for deciding.
    HELD_WITHIN = "SELECT COALESCE(r.base, u.role) AS role, r.permissions FROM users u
            LEFT JOIN roles r ON r.tenant_id = u.tenant_id AND r.id = u.role_id WHERE u.tenant_id = ?1 AND u.id = ?2
        UNION ALL SELECT * FROM (SELECT COALESCE(r.base, h.role), r.permissions FROM held_roles h
            LEFT JOIN roles r ON r.tenant_id = ?1 AND r.id = h.role_id
            WHERE h.tenant_id = ?1 AND h.user_id = ?2 AND h.ends_at > ?3 AND h.starts_at < ?4 LIMIT 1000)";
    /// Roles granted to somebody, now or later, for the tickets of their own company or department: these move with the person.
    MOVING = "SELECT COALESCE(r.base, h.role) AS role, r.permissions FROM held_roles h LEFT JOIN roles r ON r.tenant_id = ?1 AND r.id = h.role_id
        WHERE h.tenant_id = ?1 AND h.user_id = ?2 AND h.ends_at > ?3 AND h.reach IN ('organization', 'department') AND h.place IS NULL LIMIT 1000";
    /// Deputies of somebody at a moment.
    DEPUTIES = "SELECT deputy_id AS id FROM delegations WHERE tenant_id = ?1 AND delegator_id = ?2 AND revoked_at IS NULL
        AND starts_at <= ?3 AND ends_at > ?3 LIMIT 100";
}

/// A person with all that decides what they may do, but for the policies.
#[derive(Debug, Clone, Deserialize)]
pub struct HeldRow {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// One of the five, also the one that a role of the tenant's own is built on.
    pub role: Role,
    /// Company.
    pub organization_id: Option<OrganizationId>,
    /// Department.
    pub department_id: Option<DepartmentId>,
    #[serde(deserialize_with = "optional_json_text")]
    role_permissions: Option<Permissions>,
    /// Groups.
    #[serde(deserialize_with = "json_text")]
    pub groups: Vec<GroupId>,
    #[serde(deserialize_with = "json_text")]
    holdings: Vec<Holding>,
    #[serde(deserialize_with = "json_text")]
    lenders: Vec<Lender>,
}

impl HeldRow {
    /// What the person holds.
    pub fn held(&self) -> Held {
        Held { role_permissions: self.role_permissions, holdings: self.holdings.clone(), lenders: self.lenders.clone() }
    }

    /// Where the person belongs.
    pub fn holder(&self) -> Holder {
        Holder { id: self.id.clone(), organization: self.organization_id.clone(), department: self.department_id.clone() }
    }
}

/// A person whose rights are to be explained.
#[derive(Debug, Clone, Deserialize)]
pub struct Explained {
    /// The person and what they hold.
    #[serde(flatten)]
    pub person: HeldRow,
    /// Whether it is the account of a program: its keys may do less, and no more.
    #[serde(deserialize_with = "bool_from_integer")]
    pub is_service: bool,
    /// Name of the role of the tenant's own.
    pub role_name: Option<String>,
    /// Groups by their names.
    #[serde(deserialize_with = "json_text")]
    pub group_names: Vec<GroupName>,
}

/// A group and what it is called.
#[derive(Debug, Clone, Deserialize)]
pub struct GroupName {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
}

/// A role that is only compared.
#[derive(Deserialize)]
struct Compared {
    role: Role,
    #[serde(deserialize_with = "optional_json_text")]
    permissions: Option<Permissions>,
}

#[derive(Deserialize)]
struct Deputy {
    id: UserId,
}

/// Up to `limit` people of the desk, or else clients, after the one of id `after`, with what they hold at `at`; read the rows as
/// [`Explained`].
pub fn people(of_desk: bool, after: &str, at: DateTime<Utc>, limit: u32) -> TenantStatement {
    let statement = if of_desk { DESK } else { CLIENTS };
    statement.with(values![after, at, limit])
}

/// One person; read the row as [`Explained`].
pub fn person(id: &UserId, at: DateTime<Utc>) -> TenantStatement {
    PERSON.with(values![id, at])
}

/// The same by the person's address, in lower case.
pub fn by_email(email: &str, at: DateTime<Utc>) -> TenantStatement {
    BY_EMAIL.with(values![email, at])
}

/// The roles that somebody holds between two moments; for [`permissions`].
pub fn held_within(id: &UserId, from: DateTime<Utc>, to: DateTime<Utc>) -> TenantStatement {
    HELD_WITHIN.with(values![id, from, to])
}

/// The granted roles that move with a person; for [`permissions`].
pub fn moving(id: &UserId, now: DateTime<Utc>) -> TenantStatement {
    MOVING.with(values![id, now])
}

/// All that the roles of an answer hold.
pub fn permissions(rows: &Rows) -> Result<Permissions, DbError> {
    let roles = rows.all::<Compared>()?;
    Ok(roles
        .iter()
        .fold(Permissions::NONE, |all, one| all.and(one.permissions.unwrap_or_else(|| Permissions::of(one.role.permissions())))))
}

/// The deputies of a person; for [`ids`].
pub fn deputies(id: &UserId, now: DateTime<Utc>) -> TenantStatement {
    DEPUTIES.with(values![id, now])
}

/// The people of an answer.
pub fn ids(rows: &Rows) -> Result<Vec<UserId>, DbError> {
    Ok(rows.all::<Deputy>()?.into_iter().map(|row| row.id).collect())
}
