//! GET /login: the form. Whoever is signed in goes on.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::next;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::account::Entrance;

/// Shows the form.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let next = request.query.get("next").and_then(next::path).unwrap_or_default();
    if let Some(person) = ctx.actor.person() {
        return Ok(Response::see_other(if next.is_empty() { home(person.role) } else { next }));
    }
    render::page(ctx, &Frame::of(&request), 200, "portal/login", Entrance { next: next.to_owned(), ..Entrance::default() })
}

/// Where somebody of this role begins.
pub fn home(role: shared::access::Role) -> &'static str {
    if role.is_staff() { "/agent" } else { "/" }
}
