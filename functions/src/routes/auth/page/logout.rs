//! POST /logout: a person signs out.

use shared::access::Actor;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::{self, cookie};
use crate::context::Ctx;
use crate::pages::form;

/// Ends the session and shows the sign-in form. Signing out twice is fine.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    if ctx.actor != Actor::Anonymous {
        form::read(ctx, &mut request).await?;
        accounts::sign_out(ctx).await?;
    }
    Ok(signed_out(ctx))
}

/// The answer to whoever is signed out: the sign-in form, without the cookie and without what the browser keeps, drafts among it.
pub fn signed_out(ctx: &Ctx<'_>) -> Response {
    let mut response = Response::see_other("/login");
    cookie::clear(&mut response, ctx.https);
    response.headers.set("clear-site-data", "\"storage\"");
    response
}
