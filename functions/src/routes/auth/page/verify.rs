//! GET /login/verify: the form for the second factor. Whoever has not given the password yet begins there.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::next;
use crate::actions::accounts::cookie;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::account::Entrance;

/// The cookie that goes along with the code: it is no session, and good for nothing else.
pub const COOKIE: &str = "sign-in";

/// Shows the form.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let next = request.query.get("next").and_then(next::path);
    if cookie::read(&request, COOKIE).is_none() {
        return Ok(Response::see_other(&next::with("/login", next)));
    }
    let view = Entrance { next: next.unwrap_or_default().to_owned(), ..Entrance::default() };
    render::page(ctx, &Frame::of(&request), 200, "portal/login-verify", view)
}
