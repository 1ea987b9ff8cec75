//! POST /login: a person signs in. Fields: `username`, `password`, `next`.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::CHALLENGE_SECONDS;
use shared::store::sessions::Kind;

use super::{login, next, verify};
use crate::actions::accounts::cookie;
use crate::actions::accounts::sign_in::{self, Entry};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::view::account::Entrance;
use crate::pages::{form, render};

/// Signs in and goes on, over the second factor where there is one; a refusal comes back with the form.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let fields = form::read(ctx, &mut request).await?;
    let username = fields.get("username").unwrap_or_default();
    let next = fields.get("next").and_then(next::path);
    match sign_in::sign_in(ctx, username, fields.get("password").unwrap_or_default(), Kind::Browser).await {
        Ok(Entry::SignedIn(signed_in)) => {
            let mut response = Response::see_other(next.unwrap_or_else(|| login::home(signed_in.role)));
            cookie::set(&mut response, ctx, &signed_in.secret);
            Ok(response)
        }
        Ok(Entry::SecondFactor(owed)) => {
            let mut response = Response::see_other(&next::with("/login/verify", next));
            cookie::private(&mut response, ctx.https, verify::COOKIE, &owed.token, CHALLENGE_SECONDS);
            Ok(response)
        }
        Err(error) if matches!(error.status, 401 | 429) => {
            let status = if error.status == 429 { 429 } else { 422 };
            let view = Entrance {
                form: Form::default().value("username", username).error("form", error.detail(ctx.locale)),
                next: next.unwrap_or_default().to_owned(),
                ..Entrance::default()
            };
            let mut response = render::page(ctx, &frame, status, "portal/login", view)?;
            if let Some(seconds) = error.retry_after_seconds {
                response.headers.set("retry-after", seconds.to_string());
            }
            Ok(response)
        }
        Err(error) => Err(error),
    }
}
