//! Accounts of programs: rows of `users` that nobody signs in to, see [`super::api_keys`].

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::people;
use super::users::Status;
use crate::access::{Permissions, Role};
use crate::database::{TenantStatement, optional_json_text};
use crate::id::{ApiKeyId, RoleId, UserId};
use crate::limits::SERVICE_ACCOUNTS_MAX;
use crate::tenant_statements;
use crate::values;

/// The domain of the addresses that such accounts have, since every person has one. No mail leads there (RFC 2606).
pub const DOMAIN: &str = "@service.invalid";

/// The columns of [`ServiceAccount`]; `?2` is the moment.
macro_rules! account {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.name, u.role, u.role_id, c.name AS role_name, c.permissions AS role_permissions, u.status,
                (SELECT COUNT(*) FROM api_keys k WHERE k.tenant_id = ?1 AND k.user_id = u.id AND k.revoked_at IS NULL AND k.expires_at > ?2) AS live_keys,
                u.created_at, u.updated_at, u.version
            FROM users u LEFT JOIN roles c ON c.tenant_id = u.tenant_id AND c.id = u.role_id
            WHERE u.tenant_id = ?1 AND u.is_service = 1 AND u.removed_at IS NULL ",
            $rest
        )
    };
}

tenant_statements! {
    /// Accounts by name, after one of them.
    LIST = account!("AND (u.name, u.id) > (COALESCE((SELECT name FROM users WHERE tenant_id = ?1 AND id = ?3), ''), ?3) ORDER BY u.name, u.id LIMIT ?4");
    /// One.
    SHOW = account!("AND u.id = ?3 LIMIT 1");
    /// The one whose key this is.
    SHOW_OF_KEY = account!("AND u.id = (SELECT user_id FROM api_keys WHERE tenant_id = ?1 AND id = ?3) LIMIT 1");
    /// There is room for one more.
    GUARD_COUNT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM (SELECT 1 FROM users WHERE tenant_id = ?1 AND is_service = 1 AND removed_at IS NULL LIMIT ?2)) < ?2";
    /// A new one. Mail to it is blocked from the start.
    INSERT = "INSERT INTO users (tenant_id, id, email, name, role, role_id, status, is_service, mail_blocked_at, mail_blocked_reason, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'active', 1, ?7, 'service', ?7, ?7)";
    /// Another name, role or status.
    UPDATE = "UPDATE users SET name = ?3, role = ?4, role_id = ?5, status = ?6, updated_at = ?7, version = version + 1
        WHERE tenant_id = ?1 AND id = ?2 AND is_service = 1";
}

/// A service account.
#[derive(Debug, Clone, Deserialize)]
pub struct ServiceAccount {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Role: one of the five.
    pub role: Role,
    /// The role of the tenant's own, if it is one.
    pub role_id: Option<RoleId>,
    /// Its name.
    pub role_name: Option<String>,
    /// What it holds.
    #[serde(deserialize_with = "optional_json_text")]
    pub role_permissions: Option<Permissions>,
    /// Whether its keys are good for anything.
    pub status: Status,
    /// Keys that are neither revoked nor expired.
    pub live_keys: u32,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub updated_at: DateTime<Utc>,
    /// Counts the changes.
    pub version: i64,
}

impl ServiceAccount {
    /// What its role holds.
    pub fn permissions(&self) -> Permissions {
        self.role_permissions.unwrap_or_else(|| Permissions::of(self.role.permissions()))
    }
}

/// Up to `limit` accounts by name, after the one with the id `after` (or from the start, when it is empty).
pub fn list(after: &str, limit: u32, now: DateTime<Utc>) -> TenantStatement {
    LIST.with(values![now, after, limit])
}

/// One account; read the row as [`ServiceAccount`].
pub fn show(id: &UserId, now: DateTime<Utc>) -> TenantStatement {
    SHOW.with(values![now, id])
}

/// The account whose key this is; read the row as [`ServiceAccount`].
pub fn show_of_key(key: &ApiKeyId, now: DateTime<Utc>) -> TenantStatement {
    SHOW_OF_KEY.with(values![now, key])
}

/// Adds an account, if there is room for one more (`limit`).
pub fn insert(id: &UserId, name: &str, role: Role, own_role: Option<&RoleId>, now: DateTime<Utc>) -> [TenantStatement; 2] {
    let address = format!("{id}{DOMAIN}");
    [GUARD_COUNT.with(values![SERVICE_ACCOUNTS_MAX]), INSERT.with(values![id, address, name, role.as_str(), own_role, now])]
}

/// Sets name, role and status of an account that is still at `version` (`stale_version`).
pub fn update(account: &ServiceAccount, version: i64, now: DateTime<Utc>) -> [TenantStatement; 2] {
    let (role, status) = (account.role.as_str(), account.status.as_str());
    [
        people::guard_version(&account.id, version),
        UPDATE.with(values![&account.id, &account.name, role, account.role_id.as_ref(), status, now]),
    ]
}
