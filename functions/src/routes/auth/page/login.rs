//! GET /login: the form. Whoever is signed in goes on.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::identity_providers::{self, Button};

use super::next;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::account::Entrance;
use crate::pages::view::{Choice, Form};

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let next = request.query.get("next").and_then(next::path).unwrap_or_default();
    if let Some(person) = ctx.actor.person() {
        return Ok(Response::see_other(if next.is_empty() { home(person.role) } else { next }));
    }
    show(ctx, &Frame::of(&request), 200, Form::default(), next).await
}

/// The page with the state of the form, and a button for each provider of identities.
async fn show(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form, next: &str) -> Result<Response, ApiError> {
    // Whoever is signed in has no use for them.
    let buttons: Vec<Button> = match ctx.actor.person() {
        Some(_) => Vec::new(),
        None => ctx.db.run(identity_providers::buttons()).await?.all()?,
    };
    let after = Some(next).filter(|next| !next.is_empty());
    let choice = |button: Button| Choice::new(next::with(&format!("/login/sso/{}", button.id), after), button.name, None);
    let view =
        Entrance { form, next: next.to_owned(), providers: buttons.into_iter().map(choice).collect(), ..Entrance::default() };
    render::page(ctx, frame, status, "portal/login", view)
}

/// The page after a sign-in that was refused: what was wrong, and what was typed.
pub async fn refused(ctx: &Ctx<'_>, frame: &Frame, error: &ApiError, username: &str, next: &str) -> Result<Response, ApiError> {
    let status = if matches!(error.status, 429 | 503) { error.status } else { 422 };
    let form = Form::default().value("username", username).error("form", error.detail(ctx.locale));
    let mut response = show(ctx, frame, status, form, next).await?;
    if let Some(seconds) = error.retry_after_seconds {
        response.headers.set("retry-after", seconds.to_string());
    }
    Ok(response)
}

/// Where somebody of this role begins.
pub fn home(role: shared::access::Role) -> &'static str {
    if role.is_staff() { "/agent" } else { "/" }
}
