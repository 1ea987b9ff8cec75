//! POST /logout: a person signs out.

use shared::access::Actor;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::cookie;
use crate::actions::sso::sign_out::{self, Elsewhere};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::sso::SignedOut;
use crate::pages::{form, render};

/// Ends the session and shows the sign-in form. Signing out twice is fine.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    if ctx.actor != Actor::Anonymous {
        form::read(ctx, &mut request).await?;
        if let Some(elsewhere) = sign_out::sign_out(ctx).await? {
            return went_on(ctx, &frame, elsewhere);
        }
    }
    Ok(signed_out(ctx))
}

/// The answer to whoever is signed out: the sign-in form, without the cookie and without what the browser keeps.
pub fn signed_out(ctx: &Ctx<'_>) -> Response {
    let mut response = Response::see_other("/login");
    forget(&mut response, ctx);
    response
}

/// The same where the provider of identities that has opened the session lets people sign out: a page that goes on there by itself. A form
/// leads to our own pages only (`form-action`), so its answer cannot be a redirect.
fn went_on(ctx: &Ctx<'_>, frame: &Frame, elsewhere: Elsewhere) -> Result<Response, ApiError> {
    let location = elsewhere.location.clone();
    let view = SignedOut { name: elsewhere.name, location: elsewhere.location };
    let mut response = render::page(ctx, frame, 200, "portal/signed-out", view)?;
    forget(&mut response, ctx);
    Ok(response.with("refresh", format!("0; url={location}")).with("referrer-policy", "no-referrer"))
}

fn forget(response: &mut Response, ctx: &Ctx<'_>) {
    cookie::clear(response, ctx.https);
    response.headers.set("clear-site-data", "\"storage\"");
}
