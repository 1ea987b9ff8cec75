//! Those who have given the right password, or come from a provider of identities, and owe the second factor. Only the digest of what they were given is stored.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::access::Role;
use crate::database::TenantStatement;
use crate::i18n::Locale;
use crate::id::UserId;
use crate::limits::CHALLENGE_TRIES;
use crate::store::external_identities::Opening;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// A new one.
    INSERT = "INSERT INTO sign_in_challenges (tenant_id, token_hash, user_id, created_at, expires_at, provider_id, provider_sid,
            provider_hint, provider_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    /// One more try, if there is one left.
    COUNT_TRY = "UPDATE sign_in_challenges SET tries = tries + 1
        WHERE tenant_id = ?1 AND token_hash = ?2 AND used_at IS NULL AND expires_at > ?3 AND tries < ?4 RETURNING tries";
    /// The person who owes the factor, the authenticator if there is one, and whether `?4` is the digest of an unused recovery code.
    OWED = "SELECT u.id, u.email, u.name, u.role, u.locale, f.secret, COALESCE(f.last_step, 0) AS last_step, EXISTS (SELECT 1 FROM recovery_codes c
            WHERE c.tenant_id = u.tenant_id AND c.user_id = u.id AND c.code_hash = ?4 AND c.used_at IS NULL) AS is_recovery_code,
            (SELECT m.code_hash FROM sms_codes m WHERE m.tenant_id = ?1 AND m.user_id = u.id AND m.purpose = 'sign_in'
                AND m.used_at IS NULL AND m.expires_at > ?3) AS sms_code
        FROM sign_in_challenges s
            JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
            LEFT JOIN second_factors f ON f.tenant_id = u.tenant_id AND f.user_id = u.id AND f.confirmed_at IS NOT NULL
        WHERE s.tenant_id = ?1 AND s.token_hash = ?2 AND s.used_at IS NULL AND s.expires_at > ?3
            AND u.status = 'active' LIMIT 1";
    /// By what somebody who owes the factor can give it.
    WAYS = "SELECT EXISTS (SELECT 1 FROM second_factors f WHERE f.tenant_id = ?1 AND f.user_id = s.user_id AND f.confirmed_at IS NOT NULL) AS totp,
            EXISTS (SELECT 1 FROM passkeys k WHERE k.tenant_id = ?1 AND k.user_id = s.user_id) AS passkey,
            (SELECT substr(n.number, -2) FROM phone_numbers n WHERE n.tenant_id = ?1 AND n.user_id = s.user_id AND n.confirmed_at IS NOT NULL)
                AS phone
        FROM sign_in_challenges s WHERE s.tenant_id = ?1 AND s.token_hash = ?2 AND s.used_at IS NULL AND s.expires_at > ?3 LIMIT 1";
    /// A code is on its way to whoever owes the factor: it may take longer than the sign-in lasts.
    EXTEND = "UPDATE sign_in_challenges SET expires_at = MAX(expires_at, ?3) WHERE tenant_id = ?1 AND token_hash = ?2 AND used_at IS NULL";
    /// Of two uses at once one gets through.
    GUARD_UNUSED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done',
        (SELECT used_at IS NULL FROM sign_in_challenges WHERE tenant_id = ?1 AND token_hash = ?2)";
    /// It is done with.
    USE = "UPDATE sign_in_challenges SET used_at = ?3 WHERE tenant_id = ?1 AND token_hash = ?2";
    /// Whatever somebody owes is done with: the password that it followed is not theirs any more.
    USE_ALL = "UPDATE sign_in_challenges SET used_at = ?3 WHERE tenant_id = ?1 AND user_id = ?2 AND used_at IS NULL";
    /// Those that are long over.
    PURGE = "DELETE FROM sign_in_challenges WHERE tenant_id = ?1 AND token_hash IN
        (SELECT token_hash FROM sign_in_challenges WHERE tenant_id = ?1 AND expires_at < ?2 LIMIT ?3)";
}

#[derive(Deserialize)]
struct TryRow {
    tries: i64,
}

/// Somebody who owes the second factor.
#[derive(Debug, Clone, Deserialize)]
pub struct Owed {
    /// Who.
    pub id: UserId,
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Chosen language.
    pub locale: Option<Locale>,
    /// The sealed secret of their authenticator, if they have one.
    pub secret: Option<String>,
    /// The step of the last code that was used.
    pub last_step: i64,
    /// Whether what was asked with is an unused recovery code.
    #[serde(deserialize_with = "crate::database::bool_from_integer")]
    pub is_recovery_code: bool,
    /// The digest of the code that was sent by SMS, while that is good.
    pub sms_code: Option<String>,
}

/// By what somebody can give the second factor, beside recovery codes.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ways {
    /// A code of an authenticator.
    #[serde(deserialize_with = "crate::database::bool_from_integer")]
    pub totp: bool,
    /// A passkey.
    #[serde(deserialize_with = "crate::database::bool_from_integer")]
    pub passkey: bool,
    /// The last two digits of the number that codes go to, if there is one.
    pub phone: Option<String>,
}

/// Notes that somebody owes the second factor, after a password or after what a provider of identities has said.
pub fn insert(
    token_hash: &str,
    user: &UserId,
    opening: Option<&Opening<'_>>,
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> TenantStatement {
    let (provider, sid) = (opening.map(|opening| opening.provider), opening.and_then(|opening| opening.sid));
    let (hint, until) = (opening.and_then(|opening| opening.hint), opening.and_then(|opening| opening.until));
    INSERT.with(values![token_hash, user, now, expires, provider, sid, hint, until])
}

/// Counts a try.
pub fn count_try(token_hash: &str, now: DateTime<Utc>) -> TenantStatement {
    COUNT_TRY.with(values![token_hash, now, CHALLENGE_TRIES])
}

/// Which try [`count_try`] counted; `None` when none was left.
pub fn counted(rows: &crate::database::Rows) -> Result<Option<i64>, crate::database::DbError> {
    Ok(rows.first::<TryRow>()?.map(|row| row.tries))
}

/// The person and the factor; read the row as [`Owed`].
pub fn owed(token_hash: &str, now: DateTime<Utc>, code_hash: Option<&str>) -> TenantStatement {
    OWED.with(values![token_hash, now, code_hash])
}

/// By what the person who owes the factor can give it; read the row as [`Ways`].
pub fn ways(token_hash: &str, now: DateTime<Utc>) -> TenantStatement {
    WAYS.with(values![token_hash, now])
}

/// Lets it last until `expires` at least.
pub fn extend(token_hash: &str, expires: DateTime<Utc>) -> TenantStatement {
    EXTEND.with(values![token_hash, expires])
}

/// Uses it up; refuses the batch (`already_done`) when it was.
pub fn use_up(token_hash: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_UNUSED.with(values![token_hash]), USE.with(values![token_hash, now])]
}

/// Ends all of a person.
pub fn use_all(user: &UserId, now: DateTime<Utc>) -> TenantStatement {
    USE_ALL.with(values![user, now])
}

/// Removes up to `limit` that ended before `before`.
pub fn purge(before: DateTime<Utc>, limit: u32) -> TenantStatement {
    PURGE.with(values![before, limit])
}
