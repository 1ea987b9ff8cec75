//! Where API keys are let in: every route of the API that asks for a permission, and a few that ask for none.
//!
//! A key speaks for a program. Pages are not for it, and neither is what a person does with an account of their own: signing in, sessions,
//! second factors, choices. Whatever is not named here is shut.

use shared::access::{Access, Actor};
use shared::error::ApiError;
use shared::http::{Method, Response};

use crate::context::Ctx;
use crate::routes::{Face, Route};

/// What is open though it asks for no permission.
const OPEN: &[(Method, &str)] =
    &[(Method::Get, "/api/auth/me"), (Method::Get, "/api/categories"), (Method::Options, "/api/uploads")];

/// Whether the route is open to whoever asks by an API key.
pub fn admits_keys(route: &Route) -> bool {
    let asks_permission = matches!(route.access, Access::Requires(_)) && !matches!(route.face, Face::Page);
    asks_permission || OPEN.contains(&(route.method, route.path))
}

/// Refuses (403 `not_by_key`) to whoever asks by an API key what is not open to them.
pub fn admit(actor: &Actor, route: &Route) -> Result<(), ApiError> {
    if actor.key().is_none() || admits_keys(route) { Ok(()) } else { Err(ApiError::not_by_key()) }
}

/// Refuses (403 `only_by_key`) to people what is for programs alone: provisioning disables people without a recent proof of who asks, which a
/// session would have to give.
pub fn only(actor: &Actor, route: &Route) -> Result<(), ApiError> {
    if route.face.is_scim() && actor.key().is_none() { Err(ApiError::only_by_key()) } else { Ok(()) }
}

/// Says in a refusal what was wrong with the credentials of the header (RFC 6750, 3.1).
pub fn challenge(response: &mut Response, ctx: &Ctx<'_>, by_token: bool, code: &str) {
    match (response.status, ctx.route_needs) {
        (401, _) if by_token => response.headers.set("www-authenticate", "Bearer error=\"invalid_token\""),
        (403, Some(needed)) if code == "forbidden" && ctx.actor.key().is_some() => {
            let lacking = format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", needed.as_str());
            response.headers.set("www-authenticate", lacking);
        }
        _ => {}
    }
}
