//! Passkeys of people. A credential is known once in a tenant, and never in another.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::access::Role;
use crate::auth::webauthn::NewPasskey;
use crate::database::{TenantStatement, bool_from_integer, json_text, list as json_list};
use crate::i18n::Locale;
use crate::id::{PasskeyId, UserId};
use crate::limits::PASSKEYS_MAX;
use crate::store::users::Status;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// A person's passkeys, oldest first, after the one named `?3`, or from the start.
    LIST = "SELECT id, name, model, backup_eligible, backed_up, created_at, used_at FROM passkeys
        WHERE tenant_id = ?1 AND user_id = ?2 AND id > ?3 ORDER BY id LIMIT ?4";
    /// One of them.
    SHOW = "SELECT id, name, model, backup_eligible, backed_up, created_at, used_at FROM passkeys
        WHERE tenant_id = ?1 AND id = ?3 AND user_id = ?2 LIMIT 1";
    /// What browsers are told of a person's passkeys.
    CREDENTIALS = "SELECT credential, transports FROM passkeys WHERE tenant_id = ?1 AND user_id = ?2 ORDER BY id LIMIT ?3";
    /// The passkey of this credential, and its owner.
    BY_CREDENTIAL = "SELECT p.id, p.algorithm, p.public_key, p.sign_count, p.backup_eligible, h.handle, u.id AS user_id, u.email, u.name, u.role,
            u.status, u.locale
        FROM passkeys p
            JOIN users u ON u.tenant_id = p.tenant_id AND u.id = p.user_id
            JOIN passkey_handles h ON h.tenant_id = p.tenant_id AND h.user_id = p.user_id
        WHERE p.tenant_id = ?1 AND p.credential = ?2 LIMIT 1";
    /// A person gets a handle, unless they have one.
    NAME = "INSERT INTO passkey_handles (tenant_id, user_id, handle) VALUES (?1, ?2, ?3) ON CONFLICT (tenant_id, user_id) DO NOTHING";
    /// The person's handle.
    HANDLE = "SELECT handle FROM passkey_handles WHERE tenant_id = ?1 AND user_id = ?2 LIMIT 1";
    /// There is room for one more.
    GUARD_ROOM = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM (SELECT 1 FROM passkeys WHERE tenant_id = ?1 AND user_id = ?2 LIMIT ?3)) < ?3";
    /// A new one.
    INSERT = "INSERT INTO passkeys (tenant_id, id, user_id, credential, algorithm, public_key, sign_count, backup_eligible, backed_up, transports,
            model, name, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    /// Only what is the person's.
    GUARD_OWN = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM passkeys WHERE tenant_id = ?1 AND id = ?2 AND user_id = ?3)";
    /// Another name.
    RENAME = "UPDATE passkeys SET name = ?4 WHERE tenant_id = ?1 AND id = ?2 AND user_id = ?3";
    /// It is taken away.
    REMOVE = "DELETE FROM passkeys WHERE tenant_id = ?1 AND id = ?2 AND user_id = ?3";
    /// All of a person are.
    REMOVE_ALL = "DELETE FROM passkeys INDEXED BY passkeys_by_user WHERE tenant_id = ?1 AND user_id = ?2";
    /// It is there, its counter is where it was looked at, and its owner may sign in.
    GUARD_USABLE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict', EXISTS (SELECT 1 FROM passkeys p
            JOIN users u ON u.tenant_id = p.tenant_id AND u.id = p.user_id
        WHERE p.tenant_id = ?1 AND p.id = ?2 AND p.sign_count = ?3 AND u.status = 'active')";
    /// It was used.
    USE = "UPDATE passkeys SET sign_count = ?3, backed_up = ?4, used_at = ?5 WHERE tenant_id = ?1 AND id = ?2";
}

/// A passkey, for its owner's list.
#[derive(Debug, Clone, Deserialize)]
pub struct Listed {
    /// Id.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// The model of what keeps it, in hexadecimal.
    pub model: String,
    /// Whether it may be copied to other devices.
    #[serde(deserialize_with = "bool_from_integer")]
    pub backup_eligible: bool,
    /// Whether it was.
    #[serde(deserialize_with = "bool_from_integer")]
    pub backed_up: bool,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was last used.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub used_at: Option<DateTime<Utc>>,
}

/// What a browser is told of a passkey.
#[derive(Debug, Clone, Deserialize)]
pub struct Credential {
    /// The credential's id, in base64url.
    pub credential: String,
    /// How its authenticator can be reached.
    #[serde(deserialize_with = "json_text")]
    pub transports: Vec<String>,
}

/// A passkey that somebody has sent a signature of.
#[derive(Debug, Clone, Deserialize)]
pub struct Known {
    /// Id.
    pub id: PasskeyId,
    /// How its signatures are made.
    pub algorithm: String,
    /// Its public key, a JSON Web Key.
    pub public_key: String,
    /// The highest counter that was seen.
    pub sign_count: u32,
    /// Whether it may be copied to other devices.
    #[serde(deserialize_with = "bool_from_integer")]
    pub backup_eligible: bool,
    /// The owner's handle.
    pub handle: String,
    /// Whose it is.
    #[serde(rename = "user_id")]
    pub user: UserId,
    /// The owner's address.
    pub email: String,
    /// The owner's name.
    pub name: String,
    /// The owner's role.
    pub role: Role,
    /// Whether the owner may sign in.
    pub status: Status,
    /// The owner's language.
    pub locale: Option<Locale>,
}

#[derive(Deserialize)]
struct HandleRow {
    handle: String,
}

/// Up to `limit` passkeys of a person after the one with the id `after`, or from the start when it is empty; read the rows as [`Listed`].
pub fn list(user: &UserId, after: &str, limit: u32) -> TenantStatement {
    LIST.with(values![user, after, limit])
}

/// A passkey of that person; read the row as [`Listed`].
pub fn show(user: &UserId, id: &PasskeyId) -> TenantStatement {
    SHOW.with(values![user, id])
}

/// What browsers are told of a person's passkeys; read the rows as [`Credential`].
pub fn credentials(user: &UserId) -> TenantStatement {
    CREDENTIALS.with(values![user, PASSKEYS_MAX])
}

/// The passkey of a credential; read the row as [`Known`].
pub fn by_credential(credential: &str) -> TenantStatement {
    BY_CREDENTIAL.with(values![credential])
}

/// Gives a person this handle unless they have one, and answers the one that they have; read it by [`handle`].
pub fn named(user: &UserId, fresh: &str) -> [TenantStatement; 2] {
    [NAME.with(values![user, fresh]), HANDLE.with(values![user])]
}

/// The handle that the second statement of [`named`] answered.
pub fn handle(rows: &crate::database::Rows) -> Result<Option<String>, crate::database::DbError> {
    Ok(rows.first::<HandleRow>()?.map(|row| row.handle))
}

/// Adds a passkey. Refuses the batch when the person has [`PASSKEYS_MAX`] (`limit`), and when somebody has this one
/// (`passkeys.credential`).
pub fn insert(id: &PasskeyId, user: &UserId, passkey: &NewPasskey, name: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    let insert = INSERT.with(values![
        id,
        user,
        &passkey.credential,
        passkey.key.algorithm().as_str(),
        passkey.key.jwk(),
        passkey.sign_count,
        passkey.is_backup_eligible,
        passkey.is_backed_up,
        json_list(&passkey.transports),
        &passkey.model,
        name,
        now
    ]);
    [GUARD_ROOM.with(values![user, PASSKEYS_MAX]), insert]
}

/// Gives a passkey of that person another name; refuses the batch (`not_found`) when there is none.
pub fn rename(id: &PasskeyId, user: &UserId, name: &str) -> [TenantStatement; 2] {
    [GUARD_OWN.with(values![id, user]), RENAME.with(values![id, user, name])]
}

/// Takes a passkey of that person away; refuses the batch (`not_found`) when there is none.
pub fn remove(id: &PasskeyId, user: &UserId) -> [TenantStatement; 2] {
    [GUARD_OWN.with(values![id, user]), REMOVE.with(values![id, user])]
}

/// Takes all of a person's away.
pub fn remove_all(user: &UserId) -> TenantStatement {
    REMOVE_ALL.with(values![user])
}

/// Notes a use; refuses the batch (`conflict`) when the passkey was used otherwise meanwhile, is gone, or its owner may not sign in.
pub fn used(known: &Known, sign_count: u32, is_backed_up: bool, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_USABLE.with(values![&known.id, known.sign_count]), USE.with(values![&known.id, sign_count, is_backed_up, now])]
}
