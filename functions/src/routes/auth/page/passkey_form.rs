//! POST /login/passkey: a person signs in by a passkey. Fields: `passkey`, `next`.

use shared::auth::webauthn::Assertion;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::sessions::Kind;

use super::verify::COOKIE;
use super::{login, next};
use crate::actions::accounts::cookie;
use crate::actions::accounts::passkeys::sign_in;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::view::account::Entrance;
use crate::pages::{form, render};

/// Signs in and goes on; a refusal comes back with the form for the password.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let fields = form::read(ctx, &mut request).await?;
    let next = fields.get("next").and_then(next::path);
    let signed_in = match form::document(&fields, "passkey").and_then(Assertion::read) {
        Some(assertion) => sign_in::sign_in(ctx, &assertion, Kind::Browser).await,
        None => Err(ApiError::bad_passkey()),
    };
    match signed_in {
        Ok(signed_in) => {
            let mut response = Response::see_other(next.unwrap_or_else(|| login::home(signed_in.role)));
            cookie::set(&mut response, ctx, &signed_in.secret);
            cookie::private(&mut response, ctx.https, COOKIE, "", 0);
            Ok(response)
        }
        Err(error) if matches!(error.status, 401 | 429) => {
            let status = if error.status == 429 { 429 } else { 422 };
            let view = Entrance {
                form: Form::default().error("form", error.detail(ctx.locale)),
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
