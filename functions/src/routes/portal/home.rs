//! GET /: the client's open tickets; staff are led to their queue, visitors to sign in.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::tickets;
use crate::context::Ctx;

/// Shows the way.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    match ctx.actor.person() {
        None => Ok(Response::see_other("/login")),
        Some(person) if person.role.is_staff() => Ok(Response::see_other("/agent")),
        Some(_) => tickets::page(ctx, &request, "portal/home").await,
    }
}
