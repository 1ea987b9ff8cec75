//! Answers kept for `Idempotency-Key`: the same request twice is done once.
//!
//! A claim is the row without an answer. It is taken in the batch that loads, and the answer is written in the batch that
//! changes; the guard of [`answered`] keeps a request that lost its claim from writing at all.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use crate::database::TenantStatement;
use crate::limits::IDEMPOTENCY_SECONDS;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// Takes the key: new, or abandoned without an answer, or forgotten. Answers a row when it is ours now.
    CLAIM = "INSERT INTO idempotency_keys (tenant_id, actor, key, fingerprint, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (tenant_id, actor, key) DO UPDATE SET fingerprint = excluded.fingerprint, created_at = excluded.created_at,
            status = NULL, headers = NULL, body = NULL
        WHERE idempotency_keys.created_at < ?6 OR (idempotency_keys.status IS NULL AND idempotency_keys.created_at < ?7)
        RETURNING key";
    /// What is kept under the key.
    FIND = "SELECT fingerprint, status, headers, body FROM idempotency_keys WHERE tenant_id = ?1 AND actor = ?2 AND key = ?3 LIMIT 1";
    /// The claim must still be ours at the moment of writing.
    GUARD = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        (SELECT status IS NULL AND created_at = ?4 AND fingerprint = ?5 FROM idempotency_keys WHERE tenant_id = ?1 AND actor = ?2 AND key = ?3)";
    /// Keeps the answer to the creation of a ticket, whose number only this batch knows: `?7` is the tenant's prefix with its dash.
    ANSWER_WITH_NUMBER = "UPDATE idempotency_keys SET status = ?4, headers = ?5, body = json_set(?6, '$.number',
            ?7 || (SELECT value FROM counters WHERE tenant_id = ?1 AND name = 'ticket_number'))
        WHERE tenant_id = ?1 AND actor = ?2 AND key = ?3";
    /// Keeps any other answer.
    ANSWER = "UPDATE idempotency_keys SET status = ?4, headers = '[]', body = ?5 WHERE tenant_id = ?1 AND actor = ?2 AND key = ?3";
    /// Gives a claim back: the request was refused, and may be sent again, corrected.
    RELEASE = "DELETE FROM idempotency_keys WHERE tenant_id = ?1 AND actor = ?2 AND key = ?3 AND status IS NULL AND created_at = ?4";
    /// Forgets what is older than a moment; for the sweep.
    FORGET = "DELETE FROM idempotency_keys WHERE tenant_id = ?1 AND created_at < ?2";
}

/// Seconds after which a claim without an answer is taken for abandoned: no request runs that long.
const ABANDONED_SECONDS: i64 = 60;

/// A key as one actor uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Who: keys of different actors never meet.
    pub actor: String,
    /// What the client sent.
    pub key: String,
    /// Digest of method, path and body.
    pub fingerprint: String,
}

/// What is kept under a key.
#[derive(Debug, Clone, Deserialize)]
pub struct Kept {
    /// Digest of the request that came first.
    pub fingerprint: String,
    /// Its answer's status; `None` while it is at work.
    pub status: Option<u16>,
    /// Its answer's headers, a JSON object.
    pub headers: Option<String>,
    /// Its answer's body.
    pub body: Option<String>,
}

/// Takes the key and looks at what is kept: two statements, whose answers are (ours if not empty, [`Kept`]).
pub fn claim(key: &Key, now: DateTime<Utc>) -> [TenantStatement; 2] {
    let forgotten = now - TimeDelta::seconds(IDEMPOTENCY_SECONDS);
    let abandoned = now - TimeDelta::seconds(ABANDONED_SECONDS);
    [
        CLAIM.with(values![&key.actor, &key.key, &key.fingerprint, now, forgotten, abandoned]),
        FIND.with(values![&key.actor, &key.key]),
    ]
}

/// Guards that the claim taken at `claimed_at` still holds.
pub fn guard(key: &Key, claimed_at: DateTime<Utc>) -> TenantStatement {
    GUARD.with(values![&key.actor, &key.key, claimed_at, &key.fingerprint])
}

/// Keeps the answer to the creation of a ticket. `prefix` stands before the number: `ACME-`.
pub fn answered(key: &Key, status: u16, headers: &str, body: &str, prefix: &str) -> TenantStatement {
    ANSWER_WITH_NUMBER.with(values![&key.actor, &key.key, u32::from(status), headers, body, prefix])
}

/// Keeps an answer without header fields of its own.
pub fn answered_plainly(key: &Key, status: u16, body: &str) -> TenantStatement {
    ANSWER.with(values![&key.actor, &key.key, u32::from(status), body])
}

/// Gives the claim of `claimed_at` back.
pub fn release(key: &Key, claimed_at: DateTime<Utc>) -> TenantStatement {
    RELEASE.with(values![&key.actor, &key.key, claimed_at])
}

/// Forgets keys older than their lifetime.
pub fn forget(now: DateTime<Utc>) -> TenantStatement {
    FORGET.with(values![now - TimeDelta::seconds(IDEMPOTENCY_SECONDS)])
}
