//! POST /register/confirm: the owner of an address confirms it and is signed in. Field: `token`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::notice;
use crate::actions::accounts::cookie;
use crate::actions::accounts::register::{self, Confirmed};
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;
use crate::routes::auth::page::login::home;

/// Confirms, and goes on into the portal, or to choosing a password when this is not the browser that registered.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let mark = cookie::read(&request, register::MARK).map(str::to_owned);
    let fields = form::read(ctx, &mut request).await?;
    match register::confirm(ctx, fields.get("token").unwrap_or_default(), mark.as_deref()).await {
        Ok(Confirmed::SignedIn(signed_in)) => {
            let mut response = Response::see_other(home(signed_in.role));
            cookie::set(&mut response, ctx, &signed_in.secret);
            cookie::private(&mut response, ctx.https, register::MARK, "", 0);
            Ok(response)
        }
        Ok(Confirmed::ChoosePassword(token)) => Ok(Response::see_other(&format!("/password/reset?token={token}"))),
        Ok(Confirmed::SignIn) => Ok(Response::see_other("/login")),
        Err(error) if error.status == 404 => notice(ctx, &frame, 404, "link-expired", ""),
        Err(error) => Err(error),
    }
}
