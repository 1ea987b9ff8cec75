//! GET /password/reset?token=: the form for a new password. Looking does not use the link up.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::entrance;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;

/// Shows the form.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let token = request.query.get("token").unwrap_or_default();
    render::page(ctx, &Frame::of(&request), 200, "portal/reset", entrance(ctx, token))
}
