//! GET /login/sso/{provider}: sends the browser to a provider. Query: `next`; `as` (`link`, `prove`, `test`) for whoever is signed in.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::oidc::attempt::{ATTEMPT_SECONDS, Purpose};

use super::{COOKIE, id};
use crate::actions::accounts::cookie;
use crate::actions::sso::start;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::routes::auth::page::{login, next};

/// Sends it. What is done for somebody who is signed in is begun by our own pages only.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let next = request.query.get("next").and_then(next::path).unwrap_or_default();
    let site = request.headers.get("sec-fetch-site");
    let purpose = match request.query.filled("as") {
        None => Purpose::SignIn,
        Some(name) => {
            ctx.person()?;
            if site != Some("same-origin") {
                return Err(ApiError::bad_csrf());
            }
            Purpose::parse(name).ok_or_else(ApiError::not_found)?
        }
    };
    if let Some(person) = ctx.actor.person().filter(|_| purpose == Purpose::SignIn) {
        start::find(ctx, &id, purpose).await?;
        return Ok(Response::see_other(if next.is_empty() { login::home(person.role) } else { next }));
    }
    if purpose == Purpose::SignIn && site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        // No other site begins a session of somebody who merely follows a link: they see the button first.
        return Ok(Response::see_other(&next::with("/login", Some(next).filter(|next| !next.is_empty()))));
    }
    match start::begin(ctx, &id, purpose, next).await {
        Ok(begun) => {
            let mut response = Response::see_other(&begun.location).with("referrer-policy", "no-referrer");
            cookie::private(&mut response, ctx.https, COOKIE, &begun.sealed, ATTEMPT_SECONDS);
            Ok(response)
        }
        Err(error) if purpose == Purpose::SignIn && matches!(error.status, 429 | 503) => {
            login::refused(ctx, &Frame::of(&request), &error, "", next).await
        }
        // From the form that follows the browser gets to our own pages only (`form-action`): the link is pressed once more.
        Err(error) if error.code == "step_up_required" => {
            Ok(Response::see_other(&next::with("/login/confirm", Some("/profile/security"))))
        }
        Err(error) => Err(error),
    }
}
