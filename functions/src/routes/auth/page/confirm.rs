//! GET /login/confirm: the form for proving anew who is behind the session, before something dangerous.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::next;
use crate::actions::accounts::step_up;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Form;
use crate::pages::view::security::Confirm;

/// Shows the form.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let next = request.query.get("next").and_then(next::path).unwrap_or_default();
    show(ctx, &Frame::of(&request), 200, Form::default(), next)
}

/// The page with the state of the form.
pub fn show(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form, next: &str) -> Result<Response, ApiError> {
    let view = Confirm {
        form,
        next: next.to_owned(),
        by_code: step_up::by_code(ctx),
        totp: ctx.standing.as_ref().is_some_and(|standing| standing.has_totp),
        passkey: ctx.standing.as_ref().is_some_and(|standing| standing.has_passkey),
    };
    render::page(ctx, frame, status, "portal/login-confirm", view)
}
