//! POST /login: a person signs in. Fields: `username` and `password`, or `passkey`; `next`.

use shared::auth::webauthn::Assertion;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::limits::CHALLENGE_SECONDS;
use shared::store::sessions::Kind;

use super::{login, next, verify};
use crate::actions::accounts::cookie;
use crate::actions::accounts::passkeys;
use crate::actions::accounts::sign_in::{self, Entry};
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;

/// Signs in and goes on, over the second factor where there is one; a refusal comes back with the form.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let fields = form::read(ctx, &mut request).await?;
    let next = fields.get("next").and_then(next::path);
    match entry(ctx, &fields, cookie::read(&request, verify::COOKIE)).await {
        Ok(Entry::SignedIn(signed_in)) => {
            let mut response = Response::see_other(next.unwrap_or_else(|| login::home(signed_in.role)));
            cookie::set(&mut response, ctx, &signed_in.secret);
            if cookie::read(&request, verify::COOKIE).is_some() {
                cookie::private(&mut response, ctx.https, verify::COOKIE, "", 0);
            }
            Ok(response)
        }
        Ok(Entry::SecondFactor(owed)) => {
            let mut response = Response::see_other(&next::with("/login/verify", next));
            cookie::private(&mut response, ctx.https, verify::COOKIE, &owed.token, CHALLENGE_SECONDS);
            Ok(response)
        }
        Err(error) if matches!(error.status, 401 | 429) || error.code.starts_with("directory_") => {
            let username = fields.get("username").unwrap_or_default();
            login::refused(ctx, &frame, &error, username, next.unwrap_or_default()).await
        }
        Err(error) => Err(error),
    }
}

/// By passkey, if the browser has filled one in, be it alone or for the second factor that is `owed`; else by password.
async fn entry(ctx: &Ctx<'_>, fields: &Query, owed: Option<&str>) -> Result<Entry, ApiError> {
    if fields.get("passkey").is_none() {
        let typed = |name| fields.get(name).unwrap_or_default();
        return sign_in::sign_in(ctx, typed("username"), typed("password"), Kind::Browser).await;
    }
    let assertion = form::document(fields, "passkey").and_then(Assertion::read).ok_or_else(ApiError::bad_passkey)?;
    passkeys::sign_in::sign_in(ctx, &assertion, Kind::Browser, owed).await.map(Entry::SignedIn)
}
