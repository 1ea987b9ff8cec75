//! Second factors of people that are codes, and the recovery codes, which stand in for those, for passkeys (`store::passkeys`) and for
//! codes by SMS (`store::phones`). What a
//! code can do once is held by guards: of two uses at once one gets through.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{passkeys, phones};
use crate::database::{TenantStatement, bool_from_integer, list};
use crate::id::UserId;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// What guards a person's account beside the password: an authenticator, set up or being set up, whether there is a passkey, recovery
    /// codes, and whether `?3` is the digest of an unused one.
    OF_USER = "SELECT f.secret, f.confirmed_at, COALESCE(f.last_step, 0) AS last_step,
            EXISTS (SELECT 1 FROM passkeys k WHERE k.tenant_id = ?1 AND k.user_id = ?2) AS has_passkey,
            (SELECT substr(n.number, -2) FROM phone_numbers n WHERE n.tenant_id = ?1 AND n.user_id = ?2 AND n.confirmed_at IS NOT NULL) AS phone,
            (SELECT COUNT(*) FROM recovery_codes c WHERE c.tenant_id = ?1 AND c.user_id = ?2 AND c.used_at IS NULL) AS codes_left,
            EXISTS (SELECT 1 FROM recovery_codes c WHERE c.tenant_id = ?1 AND c.user_id = ?2 AND c.code_hash = ?3 AND c.used_at IS NULL)
                AS is_recovery_code
        FROM users u LEFT JOIN second_factors f ON f.tenant_id = u.tenant_id AND f.user_id = u.id
        WHERE u.tenant_id = ?1 AND u.id = ?2 LIMIT 1";
    /// A set-up begins, or begins anew.
    BEGIN = "INSERT INTO second_factors (tenant_id, user_id, secret, key_id, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (tenant_id, user_id) DO UPDATE SET secret = excluded.secret, key_id = excluded.key_id, created_at = excluded.created_at
        WHERE confirmed_at IS NULL";
    /// Whoever has one takes it away first.
    GUARD_OFF = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        NOT EXISTS (SELECT 1 FROM second_factors WHERE tenant_id = ?1 AND user_id = ?2 AND confirmed_at IS NOT NULL)";
    /// The set-up is still the one whose code was checked.
    GUARD_PENDING = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        (SELECT confirmed_at IS NULL AND secret = ?3 FROM second_factors WHERE tenant_id = ?1 AND user_id = ?2)";
    /// From now on it counts.
    CONFIRM = "UPDATE second_factors SET confirmed_at = ?4, last_step = ?3 WHERE tenant_id = ?1 AND user_id = ?2 AND confirmed_at IS NULL";
    /// A code is good once, and an earlier one is not good after a later one.
    GUARD_STEP = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done',
        (SELECT last_step < ?3 AND confirmed_at IS NOT NULL FROM second_factors WHERE tenant_id = ?1 AND user_id = ?2)";
    /// The code of this step was used.
    USE_STEP = "UPDATE second_factors SET last_step = ?3 WHERE tenant_id = ?1 AND user_id = ?2";
    /// The same secret, sealed under another key.
    RESEAL = "UPDATE second_factors SET secret = ?3, key_id = ?4 WHERE tenant_id = ?1 AND user_id = ?2 AND secret = ?5";
    /// Secrets that are sealed under another key than the present one.
    SEALED_OTHERWISE = "SELECT user_id, secret FROM second_factors WHERE tenant_id = ?1 AND key_id < ?2
        UNION ALL SELECT user_id, secret FROM second_factors WHERE tenant_id = ?1 AND key_id > ?2 LIMIT ?3";
    /// It is taken away.
    REMOVE = "DELETE FROM second_factors WHERE tenant_id = ?1 AND user_id = ?2";
    /// Only what is there can be taken away.
    GUARD_ON = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM second_factors WHERE tenant_id = ?1 AND user_id = ?2 AND confirmed_at IS NOT NULL)";
    /// A set of recovery codes.
    INSERT_CODES = "INSERT INTO recovery_codes (tenant_id, user_id, code_hash, created_at)
        SELECT ?1, ?2, j.value, ?4 FROM json_each(?3) j";
    /// Without any second factor there is nothing that recovery codes could stand in for.
    FORGET_CODES = "DELETE FROM recovery_codes WHERE tenant_id = ?1 AND user_id = ?2
        AND NOT EXISTS (SELECT 1 FROM second_factors WHERE tenant_id = ?1 AND user_id = ?2 AND confirmed_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM passkeys WHERE tenant_id = ?1 AND user_id = ?2)
        AND NOT EXISTS (SELECT 1 FROM phone_numbers WHERE tenant_id = ?1 AND user_id = ?2 AND confirmed_at IS NOT NULL)";
    /// There is a second factor, of any kind.
    GUARD_ANY = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM second_factors WHERE tenant_id = ?1 AND user_id = ?2 AND confirmed_at IS NOT NULL)
            OR EXISTS (SELECT 1 FROM passkeys WHERE tenant_id = ?1 AND user_id = ?2)
            OR EXISTS (SELECT 1 FROM phone_numbers WHERE tenant_id = ?1 AND user_id = ?2 AND confirmed_at IS NOT NULL)";
    /// The former set is gone.
    REMOVE_CODES = "DELETE FROM recovery_codes WHERE tenant_id = ?1 AND user_id = ?2";
    /// A recovery code works once.
    GUARD_CODE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done',
        (SELECT used_at IS NULL FROM recovery_codes WHERE tenant_id = ?1 AND user_id = ?2 AND code_hash = ?3)";
    /// It was used.
    USE_CODE = "UPDATE recovery_codes SET used_at = ?4 WHERE tenant_id = ?1 AND user_id = ?2 AND code_hash = ?3";
}

/// What guards a person's account beside the password.
#[derive(Debug, Clone, Deserialize)]
pub struct Factor {
    /// The sealed secret of the authenticator, if one was begun with.
    pub secret: Option<String>,
    /// Since when it counts; none while it is being set up.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The step of the last code that was used.
    pub last_step: i64,
    /// Whether there is a passkey.
    #[serde(deserialize_with = "bool_from_integer")]
    pub has_passkey: bool,
    /// The last two digits of the number that codes go to, if there is one.
    pub phone: Option<String>,
    /// Recovery codes that are left.
    pub codes_left: i64,
    /// Whether what was asked with is an unused recovery code.
    #[serde(deserialize_with = "bool_from_integer")]
    pub is_recovery_code: bool,
}

impl Factor {
    /// The sealed secret of an authenticator that counts.
    pub fn in_use(&self) -> Option<&str> {
        self.confirmed_at.and(self.secret.as_deref())
    }

    /// The sealed secret of an authenticator that is being set up.
    pub fn begun(&self) -> Option<&str> {
        if self.confirmed_at.is_some() { None } else { self.secret.as_deref() }
    }

    /// Whether there is a second factor, of any kind.
    pub fn is_there(&self) -> bool {
        self.in_use().is_some() || self.has_passkey || self.phone.is_some()
    }
}

/// A secret that wants sealing anew.
#[derive(Debug, Clone, Deserialize)]
pub struct Sealed {
    /// Whose.
    #[serde(rename = "user_id")]
    pub user: UserId,
    /// As it is sealed now.
    pub secret: String,
}

/// What guards a person's account, asked with the digest of what may be a recovery code; read the row as [`Factor`].
pub fn of_user(user: &UserId, code_hash: Option<&str>) -> TenantStatement {
    OF_USER.with(values![user, code_hash])
}

/// Begins a set-up with this sealed secret; refuses the batch (`conflict`) when there is a second factor.
pub fn begin(user: &UserId, sealed: &str, key: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_OFF.with(values![user]), BEGIN.with(values![user, sealed, key, now])]
}

/// Ends the set-up of that sealed secret, whose code of `step` was given; refuses the batch (`conflict`) when it is over or another.
pub fn confirm(user: &UserId, sealed: &str, step: i64, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_PENDING.with(values![user, sealed]), CONFIRM.with(values![user, step, now])]
}

/// Uses the code of a step; refuses the batch (`already_done`) when it or a later one was used.
pub fn use_step(user: &UserId, step: i64) -> [TenantStatement; 2] {
    [GUARD_STEP.with(values![user, step]), USE_STEP.with(values![user, step])]
}

/// Puts the same secret under another key, unless it was changed meanwhile.
pub fn reseal(user: &UserId, sealed: &str, key: &str, former: &str) -> TenantStatement {
    RESEAL.with(values![user, sealed, key, former])
}

/// Up to `limit` secrets that are not under this key; read the rows as [`Sealed`].
pub fn sealed_otherwise(key: &str, limit: u32) -> TenantStatement {
    SEALED_OTHERWISE.with(values![key, limit])
}

/// Takes a person's authenticator away; refuses the batch (`not_found`) when there is none.
pub fn remove(user: &UserId) -> [TenantStatement; 3] {
    [GUARD_ON.with(values![user]), REMOVE.with(values![user]), forget_codes(user)]
}

/// Takes every second factor of a person away; refuses the batch (`not_found`) when there is none.
pub fn remove_all(user: &UserId) -> [TenantStatement; 6] {
    let [number, codes] = phones::remove_all(user);
    [GUARD_ANY.with(values![user]), REMOVE.with(values![user]), passkeys::remove_all(user), number, codes, forget_codes(user)]
}

/// Takes the recovery codes away of whoever has no second factor any more.
pub fn forget_codes(user: &UserId) -> TenantStatement {
    FORGET_CODES.with(values![user])
}

/// Puts a set of recovery codes in the place of the former one; refuses the batch (`not_found`) when there is no second factor.
pub fn replace_codes(user: &UserId, digests: &[String], now: DateTime<Utc>) -> [TenantStatement; 3] {
    [GUARD_ANY.with(values![user]), REMOVE_CODES.with(values![user]), INSERT_CODES.with(values![user, list(digests), now])]
}

/// Uses a recovery code; refuses the batch (`already_done`) when it was used, or is none.
pub fn use_code(user: &UserId, digest: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_CODE.with(values![user, digest]), USE_CODE.with(values![user, digest, now])]
}
