//! GET /login/verify: the form for the second factor. Whoever has not given the password yet begins there.

use shared::auth::sms::masked;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::sign_in_challenges::Ways;

use super::next;
use crate::actions::accounts::cookie;
use crate::actions::accounts::second_factor::verify;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Form;
use crate::pages::view::security::Verify;

/// The cookie that goes along with the code: it is no session, and good for nothing else.
pub const COOKIE: &str = "sign-in";

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let next = request.query.get("next").and_then(next::path);
    let Some(token) = cookie::read(&request, COOKIE) else {
        return Ok(Response::see_other(&next::with("/login", next)));
    };
    show(ctx, &Frame::of(&request), 200, token, Form::default(), next).await
}

/// The page with the state of the form, for whoever was given this secret.
pub async fn show(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    token: &str,
    form: Form,
    next: Option<&str>,
) -> Result<Response, ApiError> {
    // Of a sign-in that is over nothing is known: its page asks for a code, which leads nowhere.
    let ways = verify::ways(ctx, token).await?.unwrap_or(Ways { totp: true, ..Ways::default() });
    let phone = ways.phone.as_deref().map(masked).unwrap_or_default();
    let view = Verify { form, next: next.unwrap_or_default().to_owned(), totp: ways.totp, passkey: ways.passkey, phone };
    render::page(ctx, frame, status, "portal/login-verify", view)
}
