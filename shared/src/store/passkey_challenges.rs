//! Challenges for passkeys: each is good once, for one purpose, for one person, for a few minutes. Only its digest is stored.

use chrono::{DateTime, Utc};

use crate::database::TenantStatement;
use crate::id::UserId;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// A new one.
    INSERT = "INSERT INTO passkey_challenges (tenant_id, challenge_hash, purpose, user_id, created_at, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    /// Whether it is good now, for this purpose and person.
    LIVE = "SELECT 1 AS live FROM passkey_challenges WHERE tenant_id = ?1 AND challenge_hash = ?2 AND purpose = ?3 AND user_id IS ?4
        AND used_at IS NULL AND expires_at > ?5 LIMIT 1";
    /// Of two uses at once one gets through.
    GUARD_UNUSED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done',
        (SELECT used_at IS NULL FROM passkey_challenges WHERE tenant_id = ?1 AND challenge_hash = ?2)";
    /// It is done with, whatever came of it.
    USE = "UPDATE passkey_challenges SET used_at = ?3 WHERE tenant_id = ?1 AND challenge_hash = ?2 AND used_at IS NULL";
    /// Those that are long over.
    PURGE = "DELETE FROM passkey_challenges WHERE tenant_id = ?1 AND challenge_hash IN
        (SELECT challenge_hash FROM passkey_challenges WHERE tenant_id = ?1 AND expires_at < ?2 LIMIT ?3)";
}

/// What a challenge is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A new passkey.
    Register,
    /// Signing in.
    SignIn,
    /// Proving anew who one is.
    StepUp,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::SignIn => "sign_in",
            Self::StepUp => "step_up",
        }
    }
}

/// Notes a challenge.
pub fn insert(
    challenge_hash: &str,
    purpose: Purpose,
    user: Option<&UserId>,
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> TenantStatement {
    INSERT.with(values![challenge_hash, purpose.as_str(), user, now, expires])
}

/// Answers a row when the challenge is good.
pub fn live(challenge_hash: &str, purpose: Purpose, user: Option<&UserId>, now: DateTime<Utc>) -> TenantStatement {
    LIVE.with(values![challenge_hash, purpose.as_str(), user, now])
}

/// Uses a challenge up; refuses the batch (`already_done`) when it was.
pub fn use_up(challenge_hash: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_UNUSED.with(values![challenge_hash]), spend(challenge_hash, now)]
}

/// Uses a challenge up if it is not: what was tried with it and refused is not tried again.
pub fn spend(challenge_hash: &str, now: DateTime<Utc>) -> TenantStatement {
    USE.with(values![challenge_hash, now])
}

/// Removes up to `limit` that ended before `before`.
pub fn purge(before: DateTime<Utc>, limit: u32) -> TenantStatement {
    PURGE.with(values![before, limit])
}
