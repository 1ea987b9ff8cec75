//! Telephone numbers of people, and the last code that was sent to each. What a code can do once is held by guards.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use crate::auth::sms::Purpose;
use crate::database::TenantStatement;
use crate::id::UserId;
use crate::limits::{SMS_CODE_SECONDS, SMS_CODE_TRIES, SMS_WAIT_SECONDS};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// Whoever has a confirmed number takes it away first.
    GUARD_NONE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done',
        NOT EXISTS (SELECT 1 FROM phone_numbers WHERE tenant_id = ?1 AND user_id = ?2 AND confirmed_at IS NOT NULL)";
    /// A number that is to be confirmed.
    BEGIN = "INSERT INTO phone_numbers (tenant_id, user_id, number, created_at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (tenant_id, user_id) DO UPDATE SET number = excluded.number, created_at = excluded.created_at WHERE confirmed_at IS NULL";
    /// The number still waits to be confirmed.
    GUARD_PENDING = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        (SELECT confirmed_at IS NULL AND number = ?3 FROM phone_numbers WHERE tenant_id = ?1 AND user_id = ?2)";
    /// From now on it counts.
    CONFIRM = "UPDATE phone_numbers SET confirmed_at = ?3 WHERE tenant_id = ?1 AND user_id = ?2 AND confirmed_at IS NULL";
    /// Only what is there can be taken away.
    GUARD_THERE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM phone_numbers WHERE tenant_id = ?1 AND user_id = ?2 AND confirmed_at IS NOT NULL)";
    /// It is taken away.
    REMOVE = "DELETE FROM phone_numbers WHERE tenant_id = ?1 AND user_id = ?2";
    /// And what was sent to it.
    REMOVE_CODES = "DELETE FROM sms_codes WHERE tenant_id = ?1 AND user_id = ?2";
    /// A number that is to be confirmed, and the code that was sent to it while that is good.
    PENDING = "SELECT n.number, (SELECT c.code_hash FROM sms_codes c WHERE c.tenant_id = ?1 AND c.user_id = ?2 AND c.purpose = 'confirm'
            AND c.used_at IS NULL AND c.expires_at > ?3 AND c.tries <= ?4) AS code_hash
        FROM phone_numbers n WHERE n.tenant_id = ?1 AND n.user_id = ?2 AND n.confirmed_at IS NULL LIMIT 1";
    /// The confirmed number of the person who is signed in.
    CONFIRMED = "SELECT n.number, n.user_id, u.locale FROM phone_numbers n JOIN users u ON u.tenant_id = n.tenant_id AND u.id = n.user_id
        WHERE n.tenant_id = ?1 AND n.user_id = ?2 AND n.confirmed_at IS NOT NULL LIMIT 1";
    /// The confirmed number of whoever owes the second factor.
    OWED = "SELECT n.number, n.user_id, u.locale FROM sign_in_challenges s
            JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
            JOIN phone_numbers n ON n.tenant_id = s.tenant_id AND n.user_id = s.user_id
        WHERE s.tenant_id = ?1 AND s.token_hash = ?2 AND s.used_at IS NULL AND s.expires_at > ?3 AND u.status = 'active'
            AND n.confirmed_at IS NOT NULL LIMIT 1";
    /// Between two codes of a person there is a while.
    GUARD_WAIT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        NOT EXISTS (SELECT 1 FROM sms_codes WHERE tenant_id = ?1 AND user_id = ?2 AND created_at > ?3)";
    /// A code in the place of the former one.
    PUT_CODE = "INSERT INTO sms_codes (tenant_id, user_id, purpose, code_hash, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (tenant_id, user_id, purpose) DO UPDATE SET code_hash = excluded.code_hash, tries = 0, created_at = excluded.created_at,
            expires_at = excluded.expires_at, used_at = NULL";
    /// The code for a purpose, while it is good.
    LIVE_CODE = "SELECT code_hash FROM sms_codes WHERE tenant_id = ?1 AND user_id = ?2 AND purpose = ?3 AND used_at IS NULL
        AND expires_at > ?4 AND tries <= ?5 LIMIT 1";
    /// One more try.
    COUNT_TRY = "UPDATE sms_codes SET tries = tries + 1 WHERE tenant_id = ?1 AND user_id = ?2 AND purpose = ?3 AND used_at IS NULL";
    /// Of two uses at once one gets through.
    GUARD_CODE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done',
        (SELECT used_at IS NULL AND code_hash = ?4 FROM sms_codes WHERE tenant_id = ?1 AND user_id = ?2 AND purpose = ?3)";
    /// It was used.
    USE_CODE = "UPDATE sms_codes SET used_at = ?4 WHERE tenant_id = ?1 AND user_id = ?2 AND purpose = ?3";
    /// Codes that are over.
    PURGE = "DELETE FROM sms_codes WHERE tenant_id = ?1 AND (user_id, purpose) IN
        (SELECT user_id, purpose FROM sms_codes WHERE tenant_id = ?1 AND expires_at < ?2 LIMIT ?3)";
}

/// A number that is to be confirmed.
#[derive(Debug, Clone, Deserialize)]
pub struct Pending {
    /// The number.
    pub number: String,
    /// The digest of the code that was sent to it, while that is good.
    pub code_hash: Option<String>,
}

/// Where a code goes.
#[derive(Debug, Clone, Deserialize)]
pub struct Reached {
    /// The number.
    pub number: String,
    /// Whose.
    #[serde(rename = "user_id")]
    pub user: UserId,
    /// Their language.
    pub locale: Option<crate::i18n::Locale>,
}

/// A code that is good.
#[derive(Debug, Clone, Deserialize)]
pub struct LiveCode {
    /// Its digest.
    pub code_hash: String,
}

/// Begins to add a number; refuses the batch (`already_done`) when there is a confirmed one.
pub fn begin(user: &UserId, number: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_NONE.with(values![user]), BEGIN.with(values![user, number, now])]
}

/// What is to be confirmed; read the row as [`Pending`].
pub fn pending(user: &UserId, now: DateTime<Utc>) -> TenantStatement {
    PENDING.with(values![user, now, SMS_CODE_TRIES])
}

/// The number counts from now on; refuses the batch (`conflict`) when it is another by now.
pub fn confirm(user: &UserId, number: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_PENDING.with(values![user, number]), CONFIRM.with(values![user, now])]
}

/// Takes a person's number away; refuses the batch (`not_found`) when there is none.
pub fn remove(user: &UserId) -> [TenantStatement; 3] {
    let [number, codes] = remove_all(user);
    [GUARD_THERE.with(values![user]), number, codes]
}

/// Takes whatever there is away.
pub fn remove_all(user: &UserId) -> [TenantStatement; 2] {
    [REMOVE.with(values![user]), REMOVE_CODES.with(values![user])]
}

/// The person's confirmed number; read the row as [`Reached`].
pub fn confirmed(user: &UserId) -> TenantStatement {
    CONFIRMED.with(values![user])
}

/// The confirmed number of whoever owes the second factor; read the row as [`Reached`].
pub fn owed(token_hash: &str, now: DateTime<Utc>) -> TenantStatement {
    OWED.with(values![token_hash, now])
}

/// Puts a code in the place of the former one; refuses the batch (`conflict`) when one was sent a moment ago.
pub fn put_code(user: &UserId, purpose: Purpose, code_hash: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    let earliest = now - TimeDelta::seconds(SMS_WAIT_SECONDS);
    let expires = now + TimeDelta::seconds(SMS_CODE_SECONDS);
    [GUARD_WAIT.with(values![user, earliest]), PUT_CODE.with(values![user, purpose.as_str(), code_hash, now, expires])]
}

/// The code for a purpose while it is good; read the row as [`LiveCode`].
pub fn live_code(user: &UserId, purpose: Purpose, now: DateTime<Utc>) -> TenantStatement {
    LIVE_CODE.with(values![user, purpose.as_str(), now, SMS_CODE_TRIES])
}

/// Counts a try, before the code is looked at.
pub fn count_try(user: &UserId, purpose: Purpose) -> TenantStatement {
    COUNT_TRY.with(values![user, purpose.as_str()])
}

/// Uses a code up; refuses the batch (`already_done`) when it was, or is another by now.
pub fn use_code(user: &UserId, purpose: Purpose, code_hash: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_CODE.with(values![user, purpose.as_str(), code_hash]), USE_CODE.with(values![user, purpose.as_str(), now])]
}

/// Removes up to `limit` codes that were over before `before`.
pub fn purge(before: DateTime<Utc>, limit: u32) -> TenantStatement {
    PURGE.with(values![before, limit])
}
