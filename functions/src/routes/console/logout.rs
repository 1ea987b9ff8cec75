//! POST /logout on the platform's own host: an operator signs out.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::form;
use crate::actions::accounts::cookie;
use crate::actions::operators;
use crate::context::PlatformCtx;
use crate::dispatch::cookie_name;

/// Ends the session.
pub async fn handle(ctx: &PlatformCtx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let secret = request.headers.cookie(cookie_name(ctx.https)).unwrap_or_default().to_owned();
    form(ctx, &mut request).await?;
    operators::sign_out(ctx, &secret).await?;
    let mut response = Response::see_other("/");
    cookie::clear(&mut response, ctx.https);
    Ok(response)
}
