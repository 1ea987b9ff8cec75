//! People of a tenant: credentials, the directory, and what an administrator or the person changes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::database::{TenantStatement, Value};
use crate::i18n::Locale;
use crate::id::{DepartmentId, OrganizationId, TicketId, UserId};
use crate::tenant_statements;
use crate::values;

/// The columns of [`Listed`].
macro_rules! listed {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.name, u.email, u.role, u.status, u.locale, u.zone, u.organization_id, o.name AS organization_name,
                u.department_id, d.name AS department_name, u.mail_blocked_at, u.created_at, u.updated_at, u.version
            FROM users u
                LEFT JOIN organizations o ON o.tenant_id = u.tenant_id AND o.id = u.organization_id
                LEFT JOIN departments d ON d.tenant_id = u.tenant_id AND d.id = u.department_id
            WHERE u.tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// Somebody's credentials by address.
    BY_EMAIL = "SELECT id, email, name, role, status, password_hash, locale FROM users WHERE tenant_id = ?1 AND email = ?2 LIMIT 1";
    /// Somebody's credentials by id.
    BY_ID = "SELECT id, email, name, role, status, password_hash, locale FROM users WHERE tenant_id = ?1 AND id = ?2 LIMIT 1";
    /// Somebody who has registered and not yet confirmed.
    INSERT_UNVERIFIED = "INSERT INTO users (tenant_id, id, email, name, role, status, locale, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, 'client', 'unverified', ?5, ?6, ?6)";
    /// Somebody whom an administrator adds.
    INSERT = "INSERT INTO users (tenant_id, id, email, name, role, status, locale, organization_id, department_id, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, 'active', ?6, ?7, ?8, ?9, ?9)";
    /// The address is confirmed.
    ACTIVATE = "UPDATE users SET status = 'active', email_verified_at = ?3, name = COALESCE(?4, name), password_hash = ?5,
        updated_at = ?3, version = version + 1 WHERE tenant_id = ?1 AND id = ?2 AND status = 'unverified'";
    /// The address of somebody whom an administrator added is confirmed.
    CONFIRM = "UPDATE users SET email_verified_at = ?3, updated_at = ?3, version = version + 1
        WHERE tenant_id = ?1 AND id = ?2 AND status = 'active' AND email_verified_at IS NULL";
    /// A new password.
    SET_PASSWORD = "UPDATE users SET password_hash = ?3, updated_at = ?4, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// The same password, hashed at today's cost.
    REHASH = "UPDATE users SET password_hash = ?3 WHERE tenant_id = ?1 AND id = ?2 AND password_hash = ?4";
    /// What a person says of themselves.
    UPDATE_PROFILE = "UPDATE users SET name = ?3, locale = ?4, zone = ?5, updated_at = ?6, version = version + 1
        WHERE tenant_id = ?1 AND id = ?2";
    /// The language alone.
    SET_LOCALE = "UPDATE users SET locale = ?3, updated_at = ?4, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// What an administrator says of somebody.
    UPDATE = "UPDATE users SET name = ?3, role = ?4, status = ?5, locale = ?6, organization_id = ?7, department_id = ?8,
        mail_blocked_at = CASE WHEN ?9 THEN mail_blocked_at END, mail_blocked_reason = CASE WHEN ?9 THEN mail_blocked_reason END,
        updated_at = ?10, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// Nobody has changed the person meanwhile.
    GUARD_VERSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM users WHERE tenant_id = ?1 AND id = ?2)";
    /// Somebody else is left who can administer the tenant.
    GUARD_ADMIN_LEFT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        EXISTS (SELECT 1 FROM users WHERE tenant_id = ?1 AND role = 'admin' AND status = 'active' AND id <> ?2)";
    /// A person in full.
    SHOW = listed!("AND u.id = ?2 LIMIT 1");
    /// The directory by name.
    LIST = listed!("AND (u.name, u.id) > (COALESCE((SELECT name FROM users WHERE tenant_id = ?1 AND id = ?2), ''), ?2) AND (?3 IS NULL OR u.status = ?3) ORDER BY u.name, u.id LIMIT ?4");
    /// One role of it.
    LIST_ROLE = listed!(
        "AND u.role = ?5 AND (u.name, u.id) > (COALESCE((SELECT name FROM users WHERE tenant_id = ?1 AND id = ?2), ''), ?2) AND (?3 IS NULL OR u.status = ?3) ORDER BY u.name, u.id LIMIT ?4"
    );
    /// One company of it.
    LIST_ORGANIZATION = listed!(
        "AND u.organization_id = ?5 AND (u.name, u.id) > (COALESCE((SELECT name FROM users WHERE tenant_id = ?1 AND id = ?2), ''), ?2) AND (?3 IS NULL OR u.status = ?3) AND (?6 IS NULL OR u.role = ?6)
        ORDER BY u.name, u.id LIMIT ?4"
    );
    /// Those whose name or address begins so: at most a few hundred are looked at. The name is tried as typed and with a capital.
    LIST_MATCHING = listed!(
        "AND u.id IN (
            SELECT id FROM (SELECT id FROM users WHERE tenant_id = ?1 AND name >= ?5 AND name < ?5 || char(1114111) LIMIT 200)
            UNION SELECT id FROM (SELECT id FROM users WHERE tenant_id = ?1 AND name >= ?6 AND name < ?6 || char(1114111) LIMIT 200)
            UNION SELECT id FROM (SELECT id FROM users WHERE tenant_id = ?1 AND email >= ?7 AND email < ?7 || char(1114111) LIMIT 200))
        AND (u.name, u.id) > (COALESCE((SELECT name FROM users WHERE tenant_id = ?1 AND id = ?2), ''), ?2) AND (?3 IS NULL OR u.status = ?3) AND (?8 IS NULL OR u.role = ?8)
        AND (?9 IS NULL OR u.organization_id = ?9) ORDER BY u.name, u.id LIMIT ?4"
    );
    /// A new password by mailed link, which also shows that the address is theirs.
    RESET_PASSWORD = "UPDATE users SET password_hash = ?3, email_verified_at = COALESCE(email_verified_at, ?4), updated_at = ?4,
        version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// Tickets that wait for their writer's address to be confirmed, by the link that confirms it.
    WAITING_TICKETS = "SELECT id, number FROM tickets WHERE tenant_id = ?1 AND from_unverified = 1
        AND requester_id = (SELECT user_id FROM one_time_tokens WHERE tenant_id = ?1 AND token_hash = ?2) LIMIT 50";
    /// They wait no longer.
    RELEASE_TICKETS = "UPDATE tickets SET from_unverified = 0 WHERE tenant_id = ?1 AND requester_id = ?2 AND from_unverified = 1";
}

/// Whether somebody can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AccountStatus)]
pub enum Status {
    /// Yes.
    Active,
    /// Known from a mail or form, never confirmed.
    Unverified,
    /// Not any more.
    Disabled,
}

impl Status {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Unverified => "unverified",
            Self::Disabled => "disabled",
        }
    }

    /// Parses the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Active, Self::Unverified, Self::Disabled].into_iter().find(|status| status.as_str() == name)
    }
}

/// Somebody's credentials.
#[derive(Debug, Clone, Deserialize)]
pub struct Account {
    /// Id.
    pub id: UserId,
    /// Address, lower-cased.
    pub email: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Status.
    pub status: Status,
    /// PHC string.
    pub password_hash: Option<String>,
    /// Chosen language.
    pub locale: Option<Locale>,
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
    /// When, in milliseconds.
    pub created_at: i64,
    /// When, in milliseconds.
    pub updated_at: i64,
    /// Grows with every change.
    pub version: i64,
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
    /// Language.
    pub locale: Option<Locale>,
    /// Company.
    pub organization: Option<&'a OrganizationId>,
    /// Department.
    pub department: Option<&'a DepartmentId>,
}

/// A ticket that waits for its writer's address to be confirmed.
#[derive(Debug, Clone, Deserialize)]
pub struct Waiting {
    /// Id.
    pub id: TicketId,
    /// Number.
    pub number: i64,
}

/// Credentials by address; read the row as [`Account`].
pub fn by_email(email: &str) -> TenantStatement {
    BY_EMAIL.with(values![email])
}

/// Credentials by id; read the row as [`Account`].
pub fn by_id(id: &UserId) -> TenantStatement {
    BY_ID.with(values![id])
}

/// Adds somebody whose address is not confirmed.
pub fn insert_unverified(id: &UserId, email: &str, name: &str, locale: Locale, now: DateTime<Utc>) -> TenantStatement {
    INSERT_UNVERIFIED.with(values![id, email, name, locale.as_str(), now])
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
        now
    ])
}

/// Makes an unverified person active, with this password or none.
pub fn activate(id: &UserId, name: Option<&str>, password_hash: Option<&str>, now: DateTime<Utc>) -> TenantStatement {
    ACTIVATE.with(values![id, now, name, password_hash])
}

/// Notes that an active person's address is theirs, if nothing has shown it before.
pub fn confirm(id: &UserId, now: DateTime<Utc>) -> TenantStatement {
    CONFIRM.with(values![id, now])
}

/// Sets a password.
pub fn set_password(id: &UserId, hash: &str, now: DateTime<Utc>) -> TenantStatement {
    SET_PASSWORD.with(values![id, hash, now])
}

/// Replaces the hash of a password, unless the password was changed meanwhile.
pub fn rehash(id: &UserId, hash: &str, former: &str) -> TenantStatement {
    REHASH.with(values![id, hash, former])
}

/// Sets what a person says of themselves.
pub fn update_profile(
    id: &UserId,
    name: &str,
    locale: Option<Locale>,
    zone: Option<&str>,
    now: DateTime<Utc>,
) -> TenantStatement {
    UPDATE_PROFILE.with(values![id, name, locale.map(Locale::as_str), zone, now])
}

/// Sets the language.
pub fn set_locale(id: &UserId, locale: Locale, now: DateTime<Utc>) -> TenantStatement {
    SET_LOCALE.with(values![id, locale.as_str(), now])
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
        now
    ])
}

/// Refuses the batch (`stale_version`) when the person is not at this version.
pub fn guard_version(id: &UserId, version: i64) -> TenantStatement {
    GUARD_VERSION.with(values![id, version])
}

/// Refuses the batch (`conflict`) when nobody but this person can administer the tenant.
pub fn guard_admin_left(id: &UserId) -> TenantStatement {
    GUARD_ADMIN_LEFT.with(values![id])
}

/// A person in full; read the row as [`Listed`].
pub fn show(id: &UserId) -> TenantStatement {
    SHOW.with(values![id])
}

/// Up to `limit` people by name, after the one with the id `after` (or from the start, when it is empty); read the rows as
/// [`Listed`].
pub fn list(filter: &Filter, after: &str, limit: u32) -> TenantStatement {
    let status = filter.status.map(Status::as_str);
    let role = filter.role.map(Role::as_str);
    let mut values: Vec<Value> = values![after, status, limit];
    if let Some(prefix) = &filter.prefix {
        values.extend(values![prefix, capitalized(prefix), prefix.to_lowercase(), role, filter.organization.as_ref()]);
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

/// Sets a password by mailed link.
pub fn reset_password(id: &UserId, hash: &str, now: DateTime<Utc>) -> TenantStatement {
    RESET_PASSWORD.with(values![id, hash, now])
}

/// Tickets that wait for the address that this link confirms; read the rows as [`Waiting`].
pub fn waiting_tickets(link_token_hash: &str) -> TenantStatement {
    WAITING_TICKETS.with(values![link_token_hash])
}

/// Lets them go on as any other.
pub fn release_tickets(id: &UserId) -> TenantStatement {
    RELEASE_TICKETS.with(values![id])
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect())
}
