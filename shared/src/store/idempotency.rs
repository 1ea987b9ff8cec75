//! Requests that must not be done twice: keys that clients and forms send, and the answers kept under them.
//!
//! A claim is a row that names the request which holds it. It is taken in the request's first batch, and every batch that changes
//! something is refused (`repeated`) unless the claim still holds; the first of them writes down that the work is done. So what a
//! lost line makes a client send again is not done again, whether or not its answer was kept.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use crate::database::{Escort, TenantStatement, bool_from_integer};
use crate::limits::IDEMPOTENCY_SECONDS;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// Takes the key: new, or abandoned before anything was done, or forgotten.
    CLAIM = "INSERT INTO idempotency_keys (tenant_id, actor, key, fingerprint, claim, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (tenant_id, actor, key) DO UPDATE SET fingerprint = excluded.fingerprint, claim = excluded.claim,
            created_at = excluded.created_at, status = NULL, headers = NULL, body = NULL, done = 0
        WHERE idempotency_keys.created_at < ?7
            OR (idempotency_keys.status IS NULL AND idempotency_keys.done = 0 AND idempotency_keys.created_at < ?8)";
    /// The claim must be this request's.
    GUARD = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'repeated',
        (SELECT claim = ?4 FROM idempotency_keys WHERE tenant_id = ?1 AND actor = ?2 AND key = ?3)";
    /// The work is done, in the batch that does it.
    DONE = "UPDATE idempotency_keys SET done = 1 WHERE tenant_id = ?1 AND actor = ?2 AND key = ?3 AND done = 0";
    /// The same, and where what was made stands: enough to answer by, if the answer itself is lost.
    DONE_AT = "UPDATE idempotency_keys SET done = 1, headers = ?4 WHERE tenant_id = ?1 AND actor = ?2 AND key = ?3 AND done = 0";
    /// What is kept under the key.
    FIND = "SELECT fingerprint, status, headers, body, done, created_at FROM idempotency_keys
        WHERE tenant_id = ?1 AND actor = ?2 AND key = ?3 LIMIT 1";
    /// Keeps the answer.
    ANSWER = "UPDATE idempotency_keys SET status = ?5, headers = ?6, body = ?7
        WHERE tenant_id = ?1 AND actor = ?2 AND key = ?3 AND claim = ?4";
    /// Gives a claim back: the request was refused, and may be sent again, corrected.
    RELEASE = "DELETE FROM idempotency_keys WHERE tenant_id = ?1 AND actor = ?2 AND key = ?3 AND claim = ?4 AND status IS NULL AND done = 0";
    /// Forgets what is older than a moment; for the sweep.
    FORGET = "DELETE FROM idempotency_keys WHERE tenant_id = ?1 AND created_at < ?2";
}

/// Seconds after which a claim under which nothing was done is taken for abandoned: no request runs that long.
const ABANDONED_SECONDS: i64 = 60;

/// A key as one request uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Who: keys of different actors never meet.
    pub actor: String,
    /// What the client sent.
    pub key: String,
    /// Digest of method, path and body.
    pub fingerprint: String,
    /// The request that claims it.
    pub claim: String,
}

/// What is kept under a key.
#[derive(Debug, Clone, Deserialize)]
pub struct Kept {
    /// Digest of the request that came first.
    pub fingerprint: String,
    /// Its answer's status; `None` while it is at work, or when its answer was lost.
    pub status: Option<u16>,
    /// Its answer's headers, a JSON list of pairs; while there is no answer, the `location` of what the work made, if it said so.
    pub headers: Option<String>,
    /// Its answer's body.
    pub body: Option<String>,
    /// Whether its work is done.
    #[serde(deserialize_with = "bool_from_integer")]
    pub done: bool,
    /// When it came.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
}

impl Kept {
    /// Where that stands which was made under the key, when its answer is not there.
    pub fn made(&self) -> Option<String> {
        let headers = self.headers.as_deref().filter(|_| self.done && self.status.is_none())?;
        let [(_, location)]: [(String, String); 1] = serde_json::from_str(headers).ok()?;
        Some(location)
    }

    /// Whether the first request cannot be at work any more.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.created_at < now - TimeDelta::seconds(ABANDONED_SECONDS)
    }
}

/// What goes along with the batches of the request that `key` names.
pub fn escort(key: &Key, now: DateTime<Utc>) -> Escort {
    let forgotten = now - TimeDelta::seconds(IDEMPOTENCY_SECONDS);
    let abandoned = now - TimeDelta::seconds(ABANDONED_SECONDS);
    Escort {
        first: CLAIM.with(values![&key.actor, &key.key, &key.fingerprint, &key.claim, now, forgotten, abandoned]),
        guard: GUARD.with(values![&key.actor, &key.key, &key.claim]),
        rule: "repeated",
        done: DONE.with(values![&key.actor, &key.key]),
    }
}

/// The work is done, and what it made stands at this path of the API: in place of [`Escort::done`].
pub fn done_at(key: &Key, location: &str) -> TenantStatement {
    DONE_AT.with(values![&key.actor, &key.key, serde_json::json!([["location", location]]).to_string()])
}

/// Looks at what is kept; read the row as [`Kept`].
pub fn find(key: &Key) -> TenantStatement {
    FIND.with(values![&key.actor, &key.key])
}

/// Keeps the answer; `headers` is a JSON list of pairs.
pub fn answered(key: &Key, status: u16, headers: &str, body: &str) -> TenantStatement {
    ANSWER.with(values![&key.actor, &key.key, &key.claim, u32::from(status), headers, body])
}

/// Gives the claim back, unless its work is done.
pub fn release(key: &Key) -> TenantStatement {
    RELEASE.with(values![&key.actor, &key.key, &key.claim])
}

/// Forgets keys older than their lifetime.
pub fn forget(now: DateTime<Utc>) -> TenantStatement {
    FORGET.with(values![now - TimeDelta::seconds(IDEMPOTENCY_SECONDS)])
}
