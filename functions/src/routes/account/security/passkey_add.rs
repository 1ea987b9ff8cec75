//! POST /profile/security/passkeys: a person adds a passkey that their browser has made. Fields: `passkey`, `name`. With the first second
//! factor the answer shows the recovery codes, once.

use shared::auth::webauthn::Registration;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::codes_page;
use crate::actions::accounts::cookie;
use crate::actions::accounts::passkeys::register;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Adds it; a refusal is told on the page.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let fields = form::read(ctx, &mut request).await?;
    let added = match form::document(&fields, "passkey").and_then(Registration::read) {
        Some(registration) => register::add(ctx, &registration, fields.get("name").unwrap_or_default()).await,
        None => Err(ApiError::unprocessable("passkey_refused")),
    };
    let added = match added {
        Err(error) if error.status == 409 && error.code == "passkey_limit" => {
            return Ok(flash::see_other(ctx, "/profile/security", &flash::failure("flash-passkey-limit")));
        }
        Err(error) if matches!(error.status, 409 | 422) => {
            return Ok(flash::see_other(ctx, "/profile/security", &flash::failure("flash-passkey-refused")));
        }
        other => other?,
    };
    let mut response = if added.codes.is_empty() {
        flash::see_other(ctx, "/profile/security", &flash::success("flash-passkey-added"))
    } else {
        codes_page(ctx, &frame, added.codes)?
    };
    if let Some(secret) = &added.cookie {
        cookie::set(&mut response, ctx, secret);
    }
    Ok(response)
}
