//! GET /agent/commands: the dialogs of commands and shortcuts, which the desk's pages bring along when they have come to rest.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;

/// Shows them. They hold nobody's words, so a browser may keep them; `locale` in the address keeps its languages apart.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let page = render::page(ctx, &Frame::of(&request), 200, "agent/commands", ())?;
    Ok(page.with("cache-control", "private, max-age=3600"))
}
