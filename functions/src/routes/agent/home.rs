//! GET /agent: leads to one's own queue.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::context::Ctx;

/// Answers with a redirect.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(_ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    Ok(Response::see_other("/agent/tickets?queue=mine"))
}
