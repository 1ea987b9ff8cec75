//! GET / on the platform's own host: the sign-in form; operators go on to the tenants.

use shared::access::Actor;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::Look;
use crate::context::PlatformCtx;
use crate::pages::view::account::Entrance;

/// Shows the form.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &PlatformCtx<'_>, request: Request) -> Result<Response, ApiError> {
    if matches!(ctx.actor, Actor::Operator(_)) {
        return Ok(Response::see_other("/tenants"));
    }
    Look::of(ctx, &request).page(ctx, 200, "console/login", Entrance::default())
}
