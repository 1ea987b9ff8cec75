//! `Idempotency-Key`: a request that comes twice is done once, and answered alike.
//!
//! The key is claimed in the batch that loads and answered in the batch that writes. Whoever finds it claimed and unanswered
//! is told to wait (409); whoever comes with another body under the same key is refused (422).

use shared::auth::signer::sha256_hex;
use shared::database::Rows;
use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};
use shared::limits::IDEMPOTENCY_KEY_CHARS_MAX;
use shared::store::idempotency::{self, Kept, Key};

use crate::context::Ctx;

/// The answer that was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// Status.
    pub status: u16,
    /// Header fields.
    pub headers: Vec<(String, String)>,
    /// Body, JSON.
    pub body: String,
}

impl Replay {
    /// The same answer again, marked as such.
    pub fn into_response(self) -> Response {
        let mut response = Response::bytes(self.status, "application/json", self.body.into_bytes());
        for (name, value) in self.headers {
            response.headers.set(&name, value);
        }
        response.with("idempotency-replayed", "true")
    }
}

/// What came of a request that may have come before.
pub enum Once<T> {
    /// It is done now.
    Fresh(T),
    /// It was done before.
    Again(Replay),
}

/// The request's key, if it carries one. `bytes` is its body.
pub fn key_of(ctx: &Ctx<'_>, request: &Request, bytes: &[u8]) -> Result<Option<Key>, ApiError> {
    let Some(key) = request.headers.get("idempotency-key").map(str::trim) else { return Ok(None) };
    if key.is_empty() {
        return Err(ApiError::field("Idempotency-Key", "required"));
    }
    if key.chars().count() > IDEMPOTENCY_KEY_CHARS_MAX {
        return Err(ApiError::invalid(vec![
            FieldError::new("Idempotency-Key", "too_long").arg("maximum", IDEMPOTENCY_KEY_CHARS_MAX),
        ]));
    }
    let mut digested = format!("{} {}\n", request.method.as_str(), request.path).into_bytes();
    digested.extend_from_slice(bytes);
    Ok(Some(Key { actor: ctx.actor.reference(), key: key.to_owned(), fingerprint: sha256_hex(&digested) }))
}

/// Reads the answers of [`idempotency::claim`]: `None` means that the key is ours and the work may begin.
pub(in crate::actions) fn earlier(key: &Key, claimed: &Rows, kept: &Rows) -> Result<Option<Replay>, ApiError> {
    if !claimed.is_empty() {
        return Ok(None);
    }
    // Between the two statements nothing can happen: they are one transaction.
    let kept: Kept = kept.first()?.ok_or_else(|| ApiError::internal("a key is neither free nor kept"))?;
    if kept.fingerprint != key.fingerprint {
        return Err(ApiError::unprocessable("idempotency_mismatch"));
    }
    let Some(status) = kept.status else {
        return Err(ApiError { retry_after_seconds: Some(1), ..ApiError::conflict("idempotency_in_progress") });
    };
    let headers = kept.headers.as_deref().and_then(|headers| serde_json::from_str(headers).ok()).unwrap_or_default();
    Ok(Some(Replay { status, headers, body: kept.body.unwrap_or_default() }))
}

/// Gives the key back after a refusal, so that the corrected request may use it. Failing to is no harm: the claim lapses.
pub(in crate::actions) async fn give_back(ctx: &Ctx<'_>, key: Option<&Key>) {
    if let Some(key) = key {
        let _: Result<Rows, _> = ctx.db.run(idempotency::release(key, ctx.now)).await;
    }
}
