//! GET /api/live: the socket over which an open page hears of changes. Whoever is signed in; the desk also tells its presence.
//!
//! A browser sends the session's cookie with the upgrade whatever page asked for it, and no CORS rule stands in the way: so the
//! `Origin` must be our own (RFC 6455, 10.2). A client that shows a bearer token is no browser and has no such page.

use shared::error::ApiError;
use shared::http::{Request, Response, ResponseBody, SocketUpgrade};
use shared::live::Seat;
use shared::store::sessions::session_end;

use crate::context::Ctx;

/// Hands the connection to the tenant's hub.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let person = ctx.person()?;
    if !request.headers.get("upgrade").is_some_and(|protocol| protocol.eq_ignore_ascii_case("websocket")) {
        return Err(ApiError { status: 426, ..ApiError::unprocessable("upgrade_required") });
    }
    let by_token = request.headers.get("authorization").is_some();
    if !by_token && request.headers.get("origin") != Some(ctx.origin.as_str()) {
        return Err(ApiError::forbidden());
    }
    let standing = ctx.standing.as_ref().ok_or_else(ApiError::unauthenticated)?;
    let seat = Seat::of(person, session_end(standing, ctx.tenant.settings(), ctx.now));
    let mut response = Response::empty(101);
    response.body = ResponseBody::Socket(SocketUpgrade { object: ctx.tenant.hub_name(), attachment: seat.to_json() });
    Ok(response)
}
