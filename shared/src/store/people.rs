//! The tenant's people as an administrator keeps them: the list of them, somebody added, somebody changed.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::external_identities::Subject;
use super::names::sort_name;
use super::users::Status;
use crate::access::{Permissions, Role};
use crate::database::{TenantStatement, Value, optional_json_text};
use crate::i18n::Locale;
use crate::id::{DepartmentId, DirectoryId, OrganizationId, RoleId, UserId};
use crate::tenant_statements;
use crate::values;

/// The columns of [`Listed`].
macro_rules! listed {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.name, u.email, u.role, u.status, u.locale, u.zone, u.organization_id, o.name AS organization_name,
                u.department_id, d.name AS department_name, u.mail_blocked_at, u.role_id, c.name AS role_name, c.permissions AS role_permissions,
                u.removed_at, u.created_at, u.updated_at, u.version
            FROM users u
                LEFT JOIN roles c ON c.tenant_id = u.tenant_id AND c.id = u.role_id
                LEFT JOIN organizations o ON o.tenant_id = u.tenant_id AND o.id = u.organization_id
                LEFT JOIN departments d ON d.tenant_id = u.tenant_id AND d.id = u.department_id
            WHERE u.tenant_id = ?1 AND u.is_service = 0 ",
            $rest
        )
    };
}

tenant_statements! {
    /// Somebody whom an administrator adds.
    INSERT = "INSERT INTO users (tenant_id, id, email, name, role, status, locale, organization_id, department_id, created_at, updated_at, role_id)
        VALUES (?1, ?2, ?3, ?4, ?5, 'active', ?6, ?7, ?8, ?9, ?9, ?10)";
    /// Somebody who is made disabled, in the batch that makes them.
    DISABLE_NEW = "UPDATE users SET status = 'disabled', updated_at = ?3 WHERE tenant_id = ?1 AND id = ?2";
    /// What an administrator says of somebody.
    UPDATE = "UPDATE users SET name = ?3, role = ?4, status = ?5, locale = ?6, organization_id = ?7, department_id = ?8,
        mail_blocked_at = CASE WHEN ?9 THEN mail_blocked_at END, mail_blocked_reason = CASE WHEN ?9 THEN mail_blocked_reason END,
        updated_at = ?10, version = version + 1, role_id = ?11 WHERE tenant_id = ?1 AND id = ?2";
    /// Somebody goes for good: the name stays in old tickets, the address is free for another person, and no mail goes to what is
    /// left of it. Credentials, the role of the tenant's own and memberships go.
    REMOVE = "UPDATE users SET status = 'disabled', email = ?3, password_hash = NULL, role_id = NULL, mail_blocked_at = ?4,
        mail_blocked_reason = 'removed', removed_at = ?4, updated_at = ?4, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// Links that were mailed to somebody work no more.
    END_LINKS = "UPDATE one_time_tokens SET used_at = ?3 WHERE tenant_id = ?1 AND user_id = ?2 AND used_at IS NULL";
    /// Somebody leaves all groups.
    LEAVE_GROUPS = "DELETE FROM group_members WHERE tenant_id = ?1 AND user_id = ?2";
    /// What was granted to somebody ends.
    END_GRANTS = "UPDATE grants SET revoked_at = ?3 WHERE tenant_id = ?1 AND user_id = ?2 AND revoked_at IS NULL AND ends_at > ?3";
    /// Somebody is nobody's deputy any more, and has none.
    END_DELEGATIONS = "UPDATE delegations SET revoked_at = ?3 WHERE tenant_id = ?1 AND revoked_at IS NULL AND ends_at > ?3
        AND (deputy_id = ?2 OR delegator_id = ?2)";
    /// What a provider of identities called somebody.
    FORGET_LABELS = "UPDATE external_identities SET label = '' WHERE tenant_id = ?1 AND user_id = ?2";
    /// What a company's directory called somebody: the id, which nobody types, stands in for it.
    FORGET_USERNAMES = "UPDATE directory_people SET username = ?2 WHERE tenant_id = ?1 AND user_id = ?2";
    /// Nobody has changed the person meanwhile.
    GUARD_VERSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM users WHERE tenant_id = ?1 AND id = ?2)";
    /// A person in full.
    SHOW = listed!("AND u.id = ?2 LIMIT 1");
    /// Those of a company's directory whom somebody may mean who types this, by address or by user name.
    MEANT = listed!("AND u.id IN (SELECT id FROM users WHERE tenant_id = ?1 AND email = ?2
        UNION SELECT user_id FROM directory_people WHERE tenant_id = ?1 AND username = ?2) LIMIT 10");
    /// Those who are these entries of a company's directory.
    OF_DIRECTORY = listed!("AND u.id IN (SELECT user_id FROM directory_people WHERE tenant_id = ?1 AND directory_id = ?2
        AND unique_id IN (SELECT value FROM json_each(?3))) LIMIT 1000");
    /// Whoever is the one of that subject at a provider of identities.
    OF_SUBJECT = listed!("AND u.id = (SELECT user_id FROM external_identities
        WHERE tenant_id = ?1 AND provider_id = ?2 AND issuer = ?3 AND subject = ?4) LIMIT 1");
    /// The directory by name.
    LIST = listed!("AND (u.sort_name, u.id) > (COALESCE((SELECT sort_name FROM users WHERE tenant_id = ?1 AND id = ?2), ''), ?2) AND (u.status = ?3 OR (?3 IS NULL AND u.removed_at IS NULL)) ORDER BY u.sort_name, u.id LIMIT ?4");
    /// One role of it.
    LIST_ROLE = listed!(
        "AND u.role = ?5 AND (u.sort_name, u.id) > (COALESCE((SELECT sort_name FROM users WHERE tenant_id = ?1 AND id = ?2), ''), ?2) AND (u.status = ?3 OR (?3 IS NULL AND u.removed_at IS NULL)) ORDER BY u.sort_name, u.id LIMIT ?4"
    );
    /// One company of it.
    LIST_ORGANIZATION = listed!(
        "AND u.organization_id = ?5 AND (u.sort_name, u.id) > (COALESCE((SELECT sort_name FROM users WHERE tenant_id = ?1 AND id = ?2), ''), ?2) AND (u.status = ?3 OR (?3 IS NULL AND u.removed_at IS NULL)) AND (?6 IS NULL OR u.role = ?6)
        ORDER BY u.sort_name, u.id LIMIT ?4"
    );
    /// Those whose name or address begins so: at most a few hundred are looked at. The name is tried as typed and with a capital.
    LIST_MATCHING = listed!(
        "AND u.id IN (
            SELECT id FROM (SELECT id FROM users WHERE tenant_id = ?1 AND sort_name >= ?5 AND sort_name < ?5 || char(1114111) LIMIT 200)
            UNION SELECT id FROM (SELECT id FROM users WHERE tenant_id = ?1 AND sort_name >= ?6 AND sort_name < ?6 || char(1114111) LIMIT 200)
            UNION SELECT id FROM (SELECT id FROM users WHERE tenant_id = ?1 AND email >= ?7 AND email < ?7 || char(1114111) LIMIT 200))
        AND (u.sort_name, u.id) > (COALESCE((SELECT sort_name FROM users WHERE tenant_id = ?1 AND id = ?2), ''), ?2) AND (u.status = ?3 OR (?3 IS NULL AND u.removed_at IS NULL)) AND (?8 IS NULL OR u.role = ?8)
        AND (?9 IS NULL OR u.organization_id = ?9) ORDER BY u.sort_name, u.id LIMIT ?4"
    );
}

/// A person in the directory.
#[derive(Debug, Clone, Deserialize)]
pub struct Listed {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Status.
    pub status: Status,
    /// Chosen language.
    pub locale: Option<Locale>,
    /// Chosen time zone.
    pub zone: Option<String>,
    /// Company.
    pub organization_id: Option<OrganizationId>,
    /// Its name.
    pub organization_name: Option<String>,
    /// Department.
    pub department_id: Option<DepartmentId>,
    /// Its name.
    pub department_name: Option<String>,
    /// Since when mail is not sent there, in milliseconds.
    pub mail_blocked_at: Option<i64>,
    /// The role of the tenant's own, if it is one.
    pub role_id: Option<RoleId>,
    /// Its name.
    pub role_name: Option<String>,
    /// What it holds.
    #[serde(deserialize_with = "optional_json_text")]
    pub role_permissions: Option<Permissions>,
    /// Since when the person is gone for good, in milliseconds.
    pub removed_at: Option<i64>,
    /// When, in milliseconds.
    pub created_at: i64,
    /// When, in milliseconds.
    pub updated_at: i64,
    /// Grows with every change.
    pub version: i64,
}

impl Listed {
    /// What the person's role holds.
    pub fn permissions(&self) -> Permissions {
        self.role_permissions.unwrap_or_else(|| Permissions::of(self.role.permissions()))
    }
}

/// What narrows the directory.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this role.
    pub role: Option<Role>,
    /// Only this status.
    pub status: Option<Status>,
    /// Only this company.
    pub organization: Option<OrganizationId>,
    /// Only names and addresses that begin so.
    pub prefix: Option<String>,
}

/// What an administrator sets of a person: all of it, changed or not.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    /// Name.
    pub name: &'a str,
    /// Role.
    pub role: Role,
    /// Role of the tenant's own.
    pub own_role: Option<&'a RoleId>,
    /// Status.
    pub status: Status,
    /// Language.
    pub locale: Option<Locale>,
    /// Company.
    pub organization: Option<&'a OrganizationId>,
    /// Department.
    pub department: Option<&'a DepartmentId>,
    /// Whether mail stays blocked, if it is.
    pub keeps_mail_block: bool,
}

/// A person to add.
#[derive(Debug, Clone)]
pub struct NewUser<'a> {
    /// Id.
    pub id: &'a UserId,
    /// Address, lower-cased.
    pub email: &'a str,
    /// Name.
    pub name: &'a str,
    /// Role.
    pub role: Role,
    /// Role of the tenant's own.
    pub own_role: Option<&'a RoleId>,
    /// Language.
    pub locale: Option<Locale>,
    /// Company.
    pub organization: Option<&'a OrganizationId>,
    /// Department.
    pub department: Option<&'a DepartmentId>,
}

/// Adds somebody for whom an administrator vouches. The address is refused (`users.email`) when somebody has it.
pub fn insert(user: &NewUser<'_>, now: DateTime<Utc>) -> TenantStatement {
    INSERT.with(values![
        user.id,
        user.email,
        user.name,
        user.role.as_str(),
        user.locale.map(Locale::as_str),
        user.organization,
        user.department,
        now,
        user.own_role
    ])
}

/// Disables somebody in the batch that makes them.
pub fn disable_new(id: &UserId, now: DateTime<Utc>) -> TenantStatement {
    DISABLE_NEW.with(values![id, now])
}

/// Sets what an administrator says of a person.
pub fn update(id: &UserId, change: &Change<'_>, now: DateTime<Utc>) -> TenantStatement {
    UPDATE.with(values![
        id,
        change.name,
        change.role.as_str(),
        change.status.as_str(),
        change.locale.map(Locale::as_str),
        change.organization,
        change.department,
        change.keeps_mail_block,
        now,
        change.own_role
    ])
}

/// Refuses the batch (`stale_version`) when the person is not at this version.
pub fn guard_version(id: &UserId, version: i64) -> TenantStatement {
    GUARD_VERSION.with(values![id, version])
}

/// Somebody goes for good, under an address that nobody has and no mail reaches.
pub fn remove(id: &UserId, now: DateTime<Utc>) -> [TenantStatement; 7] {
    [
        REMOVE.with(values![id, format!("{id}@removed.invalid"), now]),
        END_LINKS.with(values![id, now]),
        LEAVE_GROUPS.with(values![id]),
        END_GRANTS.with(values![id, now]),
        END_DELEGATIONS.with(values![id, now]),
        FORGET_LABELS.with(values![id]),
        FORGET_USERNAMES.with(values![id]),
    ]
}

/// A person in full; read the row as [`Listed`].
pub fn show(id: &UserId) -> TenantStatement {
    SHOW.with(values![id])
}

/// Those whom somebody may mean who types this; read the rows as [`Listed`].
pub fn meant(typed: &str) -> TenantStatement {
    MEANT.with(values![typed])
}

/// Those who are these entries of a company's directory; read the rows as [`Listed`].
pub fn of_directory(directory: &DirectoryId, unique_ids: &[String]) -> TenantStatement {
    OF_DIRECTORY.with(values![directory, crate::database::list(unique_ids)])
}

/// Whoever is the one of that subject at a provider of identities; read the row as [`Listed`].
pub fn of_subject(subject: Subject<'_>) -> TenantStatement {
    OF_SUBJECT.with(values![subject.provider, subject.issuer, subject.subject])
}

/// Up to `limit` people by name, after the one with the id `after` (or from the start, when it is empty); read the rows as
/// [`Listed`].
pub fn list(filter: &Filter, after: &str, limit: u32) -> TenantStatement {
    let status = filter.status.map(Status::as_str);
    let role = filter.role.map(Role::as_str);
    let mut values: Vec<Value> = values![after, status, limit];
    if let Some(prefix) = &filter.prefix {
        values.extend(values![
            sort_name(prefix),
            sort_name(&capitalized(prefix)),
            prefix.to_lowercase(),
            role,
            filter.organization.as_ref()
        ]);
        LIST_MATCHING.with(values)
    } else if let Some(organization) = &filter.organization {
        values.extend(values![organization, role]);
        LIST_ORGANIZATION.with(values)
    } else if let Some(role) = role {
        values.extend(values![role]);
        LIST_ROLE.with(values)
    } else {
        LIST.with(values)
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect())
}
