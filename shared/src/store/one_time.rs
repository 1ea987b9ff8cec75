//! Links that work once: confirming an address, choosing a new password.
//!
//! Only the digest of a link's token is stored; the token itself is made of the deployment's secret and a nonce, so that
//! neither a row here nor the outbox row that carries the link gives it away.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::access::Role;
use crate::database::{TenantStatement, bool_from_integer, json_text};
use crate::i18n::Locale;
use crate::id::UserId;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// A new link.
    INSERT = "INSERT INTO one_time_tokens (tenant_id, token_hash, purpose, user_id, pending, created_at, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    /// A link that still works, and its person.
    LIVE = "SELECT t.purpose, t.pending, u.id AS user_id, u.email, u.name, u.role, u.status, u.locale,
            EXISTS (SELECT 1 FROM second_factors f WHERE f.tenant_id = ?1 AND f.user_id = u.id AND f.confirmed_at IS NOT NULL)
                OR EXISTS (SELECT 1 FROM passkeys k WHERE k.tenant_id = ?1 AND k.user_id = u.id)
                OR EXISTS (SELECT 1 FROM phone_numbers n WHERE n.tenant_id = ?1 AND n.user_id = u.id AND n.confirmed_at IS NOT NULL) AS has_factor
        FROM one_time_tokens t JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
        WHERE t.tenant_id = ?1 AND t.token_hash = ?2 AND t.used_at IS NULL AND t.expires_at > ?3 LIMIT 1";
    /// Of two uses at once one gets through.
    GUARD_UNUSED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done',
        (SELECT used_at IS NULL FROM one_time_tokens WHERE tenant_id = ?1 AND token_hash = ?2)";
    /// Every link of the person for this purpose is done with.
    USE_ALL = "UPDATE one_time_tokens SET used_at = ?4 WHERE tenant_id = ?1 AND user_id = ?2 AND purpose = ?3 AND used_at IS NULL";
    /// Links that are long over.
    PURGE = "DELETE FROM one_time_tokens WHERE tenant_id = ?1 AND token_hash IN
        (SELECT token_hash FROM one_time_tokens WHERE tenant_id = ?1 AND expires_at < ?2 LIMIT ?3)";
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Somebody registered with this address.
    ConfirmRegistration,
    /// Somebody wrote a ticket from this address.
    ConfirmAddress,
    /// A new password.
    PasswordReset,
}

impl Purpose {
    /// The stable name; also the template of the mail that carries the link.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ConfirmRegistration => "confirm_registration",
            Self::ConfirmAddress => "confirm_address",
            Self::PasswordReset => "password_reset",
        }
    }
}

/// What a registration will bring about once the address is confirmed.
#[derive(Debug, Clone, Default, serde::Serialize, Deserialize)]
pub struct Pending {
    /// PHC string of the password that was typed when the link was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_hash: Option<String>,
    /// The name that was typed then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A link that works.
#[derive(Debug, Clone, Deserialize)]
pub struct Live {
    /// What for.
    pub purpose: Purpose,
    /// What it brings about.
    #[serde(deserialize_with = "json_text")]
    pub pending: Pending,
    /// Whose.
    #[serde(rename = "user_id")]
    pub user: UserId,
    /// The person's address.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// The person's role.
    pub role: Role,
    /// `active`, `unverified`, `disabled`.
    pub status: super::users::Status,
    /// The person's language.
    pub locale: Option<Locale>,
    /// Whether the person has a second factor: no link stands in for it.
    #[serde(deserialize_with = "bool_from_integer")]
    pub has_factor: bool,
}

/// A link to store.
#[derive(Debug, Clone)]
pub struct NewToken<'a> {
    /// SHA-256 of the token.
    pub token_hash: &'a str,
    /// What for.
    pub purpose: Purpose,
    /// Whose.
    pub user: &'a UserId,
    /// What it brings about.
    pub pending: &'a Pending,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// Stores a link.
pub fn insert(token: &NewToken<'_>) -> TenantStatement {
    let pending = serde_json::to_string(token.pending).unwrap_or_else(|_| "{}".to_owned());
    INSERT.with(values![token.token_hash, token.purpose.as_str(), token.user, pending, token.created_at, token.expires_at])
}

/// Looks a link up; read the row as [`Live`].
pub fn live(token_hash: &str, now: DateTime<Utc>) -> TenantStatement {
    LIVE.with(values![token_hash, now])
}

/// Refuses the batch (`already_done`) when the link was used meanwhile.
pub fn guard_unused(token_hash: &str) -> TenantStatement {
    GUARD_UNUSED.with(values![token_hash])
}

/// Ends every link of the person for that purpose.
pub fn use_all(user: &UserId, purpose: Purpose, now: DateTime<Utc>) -> TenantStatement {
    USE_ALL.with(values![user, purpose.as_str(), now])
}

/// Removes up to `limit` links that ended before `before`.
pub fn purge(before: DateTime<Utc>, limit: u32) -> TenantStatement {
    PURGE.with(values![before, limit])
}
