//! Keys of service accounts. A key is looked up together with its account, see [`super::sessions::account_by_prefix`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use crate::access::Permissions;
use crate::database::{TenantStatement, json_text, list as bound};
use crate::id::{ApiKeyId, UserId};
use crate::limits::{KEY_USED_SECONDS, KEYS_PER_ACCOUNT_MAX};
use crate::tenant_statements;
use crate::values;

/// The columns of [`Listed`].
macro_rules! listed {
    ($rest:literal) => {
        concat!(
            "SELECT k.id, k.user_id AS account, u.name AS account_name, k.name, k.prefix, k.scopes, k.networks, k.created_at,
                k.expires_at, k.revoked_at, k.last_used_at, k.last_used_from, k.version
            FROM api_keys k JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.user_id WHERE k.tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// Keys, latest first: after the one named `?2`, or from the start.
    LIST = listed!(
        "AND (?2 = '' OR (k.created_at, k.id) < ((SELECT created_at FROM api_keys WHERE tenant_id = ?1 AND id = ?2), ?2))
        ORDER BY k.created_at DESC, k.id DESC LIMIT ?3"
    );
    /// Those of one account.
    LIST_ACCOUNT = listed!(
        "AND k.user_id = ?4 AND (?2 = '' OR (k.created_at, k.id) < ((SELECT created_at FROM api_keys WHERE tenant_id = ?1 AND id = ?2), ?2))
        ORDER BY k.created_at DESC, k.id DESC LIMIT ?3"
    );
    /// One.
    SHOW = listed!("AND k.id = ?2 LIMIT 1");
    /// There is room for one more.
    GUARD_COUNT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM api_keys WHERE tenant_id = ?1 AND user_id = ?2 AND revoked_at IS NULL AND expires_at > ?3) < ?4";
    /// Nobody has changed it since it was read, and it is not revoked.
    GUARD_VERSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 AND revoked_at IS NULL FROM api_keys WHERE tenant_id = ?1 AND id = ?2)";
    /// A new one.
    INSERT = "INSERT INTO api_keys (tenant_id, id, user_id, name, prefix, secret_hash, scopes, networks, created_at, created_by, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    /// Another name, scopes, networks, end.
    UPDATE = "UPDATE api_keys SET name = ?3, scopes = ?4, networks = ?5, expires_at = ?6, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// It is good no more.
    REVOKE = "UPDATE api_keys SET revoked_at = ?3, version = version + 1 WHERE tenant_id = ?1 AND id = ?2 AND revoked_at IS NULL";
    /// None of an account's is.
    REVOKE_OF_ACCOUNT = "UPDATE api_keys INDEXED BY api_keys_by_account SET revoked_at = ?3, version = version + 1 WHERE tenant_id = ?1 AND user_id = ?2 AND revoked_at IS NULL";
    /// It was used, unless that was noted after `?5`.
    USED = "UPDATE api_keys SET last_used_at = ?3, last_used_from = ?4
        WHERE tenant_id = ?1 AND id = ?2 AND (last_used_at IS NULL OR last_used_at <= ?5)";
    /// Keys that are long over.
    PURGE = "DELETE FROM api_keys WHERE tenant_id = ?1 AND id IN (SELECT id FROM api_keys WHERE tenant_id = ?1 AND expires_at < ?2 LIMIT ?3)";
}

/// A key as it is shown: all but the key.
#[derive(Debug, Clone, Deserialize)]
pub struct Listed {
    /// Id.
    pub id: ApiKeyId,
    /// The account for which it speaks.
    pub account: UserId,
    /// Its name.
    pub account_name: String,
    /// What people call the key.
    pub name: String,
    /// How it begins.
    pub prefix: String,
    /// What it lets its account do at most.
    #[serde(deserialize_with = "json_text")]
    pub scopes: Permissions,
    /// From where it may be used.
    #[serde(deserialize_with = "json_text")]
    pub networks: Vec<String>,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub expires_at: DateTime<Utc>,
    /// When it was revoked.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was last used, to within a minute.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub last_used_at: Option<DateTime<Utc>>,
    /// From where.
    pub last_used_from: Option<String>,
    /// Counts the changes.
    pub version: i64,
}

impl Listed {
    /// How it stands: `active`, `expired` or `revoked`.
    pub fn state(&self, now: DateTime<Utc>) -> &'static str {
        match self.revoked_at {
            Some(_) => "revoked",
            None if self.expires_at <= now => "expired",
            None => "active",
        }
    }
}

/// Up to `limit` keys, of one account if it is named, after the one with the id `after` (or from the start, when it is empty); read the
/// rows as [`Listed`].
pub fn list(account: Option<&UserId>, after: &str, limit: u32) -> TenantStatement {
    match account {
        Some(account) => LIST_ACCOUNT.with(values![after, limit, account]),
        None => LIST.with(values![after, limit]),
    }
}

/// One key; read the row as [`Listed`].
pub fn show(id: &ApiKeyId) -> TenantStatement {
    SHOW.with(values![id])
}

/// Adds a key, if its account has room for one more (`limit`).
pub fn insert(key: &Listed, secret_hash: &str, by: &str) -> [TenantStatement; 2] {
    let scopes = bound(&key.scopes.iter().collect::<Vec<_>>());
    let networks = bound(&key.networks);
    [
        GUARD_COUNT.with(values![&key.account, key.created_at, KEYS_PER_ACCOUNT_MAX]),
        INSERT.with(values![
            &key.id,
            &key.account,
            &key.name,
            &key.prefix,
            secret_hash,
            scopes,
            networks,
            key.created_at,
            by,
            key.expires_at
        ]),
    ]
}

/// Sets name, scopes, networks and end of a key that is still at `version` (`stale_version`).
pub fn update(key: &Listed, version: i64) -> [TenantStatement; 2] {
    let scopes = bound(&key.scopes.iter().collect::<Vec<_>>());
    [
        GUARD_VERSION.with(values![&key.id, version]),
        UPDATE.with(values![&key.id, &key.name, scopes, bound(&key.networks), key.expires_at]),
    ]
}

/// Ends a key.
pub fn revoke(id: &ApiKeyId, now: DateTime<Utc>) -> TenantStatement {
    REVOKE.with(values![id, now])
}

/// Ends all keys of an account.
pub fn revoke_of_account(account: &UserId, now: DateTime<Utc>) -> TenantStatement {
    REVOKE_OF_ACCOUNT.with(values![account, now])
}

/// Notes that a key was used from this address, once in [`KEY_USED_SECONDS`].
pub fn used(id: &ApiKeyId, from: &str, now: DateTime<Utc>) -> TenantStatement {
    USED.with(values![id, now, from, now - TimeDelta::seconds(KEY_USED_SECONDS)])
}

/// Removes up to `limit` keys that ended before `before`.
pub fn purge(before: DateTime<Utc>, limit: u32) -> TenantStatement {
    PURGE.with(values![before, limit])
}
