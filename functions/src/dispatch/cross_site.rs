//! Requests that another site made the browser send (CSRF).
//!
//! An unsafe request that is believed because of a cookie must come from our own pages: the browser says so in
//! `Sec-Fetch-Site` or `Origin`. Forms also carry a token that `pages::form` checks; the JSON routes take only media types
//! that a foreign form cannot send.

use shared::access::Actor;
use shared::error::ApiError;
use shared::http::Request;

use crate::routes::{Face, Route};

/// Refuses an unsafe request with cookies, or of a page, that does not come from our own origin.
pub fn check(request: &Request, route: &Route, actor: &Actor) -> Result<(), ApiError> {
    let by_token = request.headers.get("authorization").is_some();
    if request.method.is_safe() || by_token || matches!(route.face, Face::Machine) {
        return Ok(());
    }
    let believed_by_cookie = !matches!(actor, Actor::Anonymous);
    if !believed_by_cookie && matches!(route.face, Face::Api(_)) {
        return Ok(());
    }
    let same_site = match (request.headers.get("sec-fetch-site"), request.headers.get("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == own_origin(request),
        (None, None) => false,
    };
    if !same_site {
        return Err(ApiError::bad_csrf());
    }
    if matches!(route.face, Face::Api(_)) && !has_unforgeable_media_type(request) {
        return Err(ApiError::unsupported_media_type());
    }
    Ok(())
}

fn own_origin(request: &Request) -> String {
    let scheme = if request.https { "https" } else { "http" };
    match request.port {
        Some(port) => format!("{scheme}://{}:{port}", request.host),
        None => format!("{scheme}://{}", request.host),
    }
}

/// A foreign page can make a browser send forms and plain text without asking; nothing else. Multipart uploads of our own
/// pages say so in a header, which a foreign page could not add without asking.
fn has_unforgeable_media_type(request: &Request) -> bool {
    match request.media_type().as_deref() {
        None => true,
        Some("application/x-www-form-urlencoded" | "text/plain") => false,
        Some("multipart/form-data") => request.headers.get("x-requested-with").is_some(),
        Some(_) => true,
    }
}
