//! OPTIONS /api/uploads: what of the protocol is spoken here.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::ATTACHMENT_BYTES_MAX;

use super::{VERSION, answer};
use crate::context::Ctx;

/// Answers it.
#[expect(clippy::unused_async, reason = "the shape of every handler")]
pub async fn handle(_: &Ctx<'_>, _: Request) -> Result<Response, ApiError> {
    Ok(answer(204)
        .with("tus-version", VERSION)
        .with("tus-extension", "creation,expiration,termination")
        .with("tus-max-size", ATTACHMENT_BYTES_MAX.to_string()))
}
