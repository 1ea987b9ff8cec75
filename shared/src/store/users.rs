//! Accounts of people: credentials, their states, and what a person says of themselves.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::external_identities::Subject;
use crate::access::Role;
use crate::database::{TenantStatement, bool_from_integer};
use crate::i18n::Locale;
use crate::id::{TicketId, UserId};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// Somebody's credentials by address.
    BY_EMAIL = "SELECT u.id, u.email, u.name, u.role, u.status, u.password_hash, u.locale,
            EXISTS (SELECT 1 FROM second_factors f WHERE f.tenant_id = ?1 AND f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_totp,
            EXISTS (SELECT 1 FROM passkeys k WHERE k.tenant_id = ?1 AND k.user_id = u.id) AS has_passkey,
            (SELECT substr(n.number, -2) FROM phone_numbers n WHERE n.tenant_id = ?1 AND n.user_id = u.id AND n.confirmed_at IS NOT NULL) AS phone,
            EXISTS (SELECT 1 FROM directory_people p WHERE p.tenant_id = ?1 AND p.user_id = u.id) AS in_directory
        FROM users u WHERE u.tenant_id = ?1 AND u.email = ?2 AND u.is_service = 0 LIMIT 1";
    /// Somebody's credentials by id.
    BY_ID = "SELECT u.id, u.email, u.name, u.role, u.status, u.password_hash, u.locale,
            EXISTS (SELECT 1 FROM second_factors f WHERE f.tenant_id = ?1 AND f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_totp,
            EXISTS (SELECT 1 FROM passkeys k WHERE k.tenant_id = ?1 AND k.user_id = u.id) AS has_passkey,
            (SELECT substr(n.number, -2) FROM phone_numbers n WHERE n.tenant_id = ?1 AND n.user_id = u.id AND n.confirmed_at IS NOT NULL) AS phone,
            EXISTS (SELECT 1 FROM directory_people p WHERE p.tenant_id = ?1 AND p.user_id = u.id) AS in_directory
        FROM users u WHERE u.tenant_id = ?1 AND u.id = ?2 AND u.is_service = 0 LIMIT 1";
    /// The credentials of those of a company's directory who are called so in it.
    BY_USERNAME = "SELECT u.id, u.email, u.name, u.role, u.status, u.password_hash, u.locale,
            EXISTS (SELECT 1 FROM second_factors f WHERE f.tenant_id = ?1 AND f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_totp,
            EXISTS (SELECT 1 FROM passkeys k WHERE k.tenant_id = ?1 AND k.user_id = u.id) AS has_passkey,
            (SELECT substr(n.number, -2) FROM phone_numbers n WHERE n.tenant_id = ?1 AND n.user_id = u.id AND n.confirmed_at IS NOT NULL) AS phone,
            1 AS in_directory
        FROM directory_people d JOIN users u ON u.tenant_id = d.tenant_id AND u.id = d.user_id
        WHERE d.tenant_id = ?1 AND d.username = ?2 LIMIT 10";
    /// The credentials of whoever is the one of that subject at a provider of identities.
    BY_SUBJECT = "SELECT u.id, u.email, u.name, u.role, u.status, u.password_hash, u.locale,
            EXISTS (SELECT 1 FROM second_factors f WHERE f.tenant_id = ?1 AND f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_totp,
            EXISTS (SELECT 1 FROM passkeys k WHERE k.tenant_id = ?1 AND k.user_id = u.id) AS has_passkey,
            (SELECT substr(n.number, -2) FROM phone_numbers n WHERE n.tenant_id = ?1 AND n.user_id = u.id AND n.confirmed_at IS NOT NULL) AS phone,
            EXISTS (SELECT 1 FROM directory_people p WHERE p.tenant_id = ?1 AND p.user_id = u.id) AS in_directory
        FROM users u WHERE u.tenant_id = ?1 AND u.id = (SELECT user_id FROM external_identities
            WHERE tenant_id = ?1 AND provider_id = ?2 AND issuer = ?3 AND subject = ?4) LIMIT 1";
    /// The password and the need of a second factor are still those that were looked at.
    GUARD_CREDENTIALS = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict', (SELECT u.password_hash IS ?3
            AND ?4 = EXISTS (SELECT 1 FROM second_factors f WHERE f.tenant_id = ?1 AND f.user_id = u.id AND f.confirmed_at IS NOT NULL)
            AND ?5 = EXISTS (SELECT 1 FROM passkeys k WHERE k.tenant_id = ?1 AND k.user_id = u.id)
            AND ?6 = EXISTS (SELECT 1 FROM phone_numbers n WHERE n.tenant_id = ?1 AND n.user_id = u.id AND n.confirmed_at IS NOT NULL)
        FROM users u WHERE u.tenant_id = ?1 AND u.id = ?2 AND u.status = 'active')";
    /// Somebody who has registered and not yet confirmed.
    INSERT_UNVERIFIED = "INSERT INTO users (tenant_id, id, email, name, role, status, locale, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, 'client', 'unverified', ?5, ?6, ?6)";
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
    /// A new password by mailed link, which also shows that the address is theirs.
    RESET_PASSWORD = "UPDATE users SET password_hash = ?3, email_verified_at = COALESCE(email_verified_at, ?4), updated_at = ?4,
        version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// Tickets that wait for their writer's address to be confirmed, by the link that confirms it.
    WAITING_TICKETS = "SELECT id, number FROM tickets WHERE tenant_id = ?1 AND from_unverified = 1
        AND requester_id = (SELECT user_id FROM one_time_tokens WHERE tenant_id = ?1 AND token_hash = ?2) LIMIT 50";
    /// They wait no longer.
    RELEASE_TICKETS = "UPDATE tickets SET from_unverified = 0, version = version + 1
        WHERE tenant_id = ?1 AND requester_id = ?2 AND from_unverified = 1";
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
    /// Whether an authenticator for codes was set up.
    #[serde(deserialize_with = "bool_from_integer")]
    pub has_totp: bool,
    /// Whether there is a passkey.
    #[serde(deserialize_with = "bool_from_integer")]
    pub has_passkey: bool,
    /// The last two digits of the number that codes go to, if there is one.
    pub phone: Option<String>,
    /// Whether a directory of the tenant's keeps the password.
    #[serde(deserialize_with = "bool_from_integer")]
    pub in_directory: bool,
}

impl Account {
    /// Whether a second factor is asked for after the password.
    pub fn has_factor(&self) -> bool {
        self.has_totp || self.has_passkey || self.phone.is_some()
    }
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

/// Credentials by the user name in a directory; read the rows as [`Account`].
pub fn by_username(username: &str) -> TenantStatement {
    BY_USERNAME.with(values![username])
}

/// Credentials by who somebody is at a provider of identities; read the row as [`Account`].
pub fn by_subject(subject: Subject<'_>) -> TenantStatement {
    BY_SUBJECT.with(values![subject.provider, subject.issuer, subject.subject])
}

/// Credentials by id; read the row as [`Account`].
pub fn by_id(id: &UserId) -> TenantStatement {
    BY_ID.with(values![id])
}

/// Refuses the batch (`conflict`) when the account is no longer as it was looked at: disabled, with another password, with a second
/// factor or without.
pub fn guard_credentials(account: &Account) -> TenantStatement {
    GUARD_CREDENTIALS.with(values![
        &account.id,
        account.password_hash.clone(),
        account.has_totp,
        account.has_passkey,
        account.phone.is_some()
    ])
}

/// Adds somebody whose address is not confirmed.
pub fn insert_unverified(id: &UserId, email: &str, name: &str, locale: Locale, now: DateTime<Utc>) -> TenantStatement {
    INSERT_UNVERIFIED.with(values![id, email, name, locale.as_str(), now])
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
