//! GET /login/confirm: the form for proving anew who is behind the session, before something dangerous.

use shared::auth::sms::masked;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::external_identities::{self, IDENTITIES_MAX, Listed};
use url::form_urlencoded::Serializer;

use super::next;
use crate::actions::accounts::second_factor::sms;
use crate::actions::accounts::step_up;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::security::Confirm;
use crate::pages::view::{Choice, Form};

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let next = request.query.get("next").and_then(next::path).unwrap_or_default();
    show(ctx, &Frame::of(&request), 200, Form::default(), next).await
}

/// The page with the state of the form.
pub async fn show(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form, next: &str) -> Result<Response, ApiError> {
    let by_code = step_up::by_code(ctx);
    // Whoever has a second factor proves themselves by that, and whoever has just typed something by that.
    let identities: Vec<Listed> = if by_code || status != 200 {
        Vec::new()
    } else {
        ctx.db.run(external_identities::of_user(&ctx.person()?.id, "", IDENTITIES_MAX)).await?.all()?
    };
    let address = |row: &Listed| {
        let query = [("as", "prove"), ("next", next)];
        format!("/login/sso/{}?{}", row.provider_id, Serializer::new(String::new()).extend_pairs(query).finish())
    };
    let phone = sms::reachable(ctx, ctx.standing.as_ref().and_then(|standing| standing.phone.clone()));
    let view = Confirm {
        form,
        next: next.to_owned(),
        by_code,
        totp: ctx.standing.as_ref().is_some_and(|standing| standing.has_totp),
        providers: identities.into_iter().map(|row| Choice::new(address(&row), row.provider, None)).collect(),
        passkey: ctx.standing.as_ref().is_some_and(|standing| standing.has_passkey),
        phone: phone.as_deref().map(masked).unwrap_or_default(),
    };
    render::page(ctx, frame, status, "portal/login-confirm", view)
}
