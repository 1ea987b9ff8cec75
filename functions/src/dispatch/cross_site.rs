//! Requests that another site made the browser send (CSRF).
//!
//! An unsafe request that is believed because of a cookie must come from our own pages: the browser says so in
//! `Sec-Fetch-Site` or `Origin`. Forms also carry a token that `pages::form` checks; the JSON routes take only media types
//! that a foreign form cannot send, and files only with that token in a header.

use shared::access::Actor;
use shared::error::ApiError;
use shared::http::Request;

use crate::routes::{Face, Route};

/// Carries the session's token where there is no form field for it.
const TOKEN_HEADER: &str = "x-csrf-token";

/// Refuses an unsafe request with cookies, or of a page, that does not come from our own origin. `is_token` says whether a
/// text is the token of this session.
pub fn check(request: &Request, route: &Route, actor: &Actor, is_token: impl Fn(&str) -> bool) -> Result<(), ApiError> {
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
    if !matches!(route.face, Face::Api(_)) {
        return Ok(());
    }
    match proof(request) {
        Proof::MediaType => Ok(()),
        Proof::Token if request.headers.get(TOKEN_HEADER).is_some_and(is_token) => Ok(()),
        Proof::Token => Err(ApiError::bad_csrf()),
        Proof::Impossible => Err(ApiError::unsupported_media_type()),
    }
}

fn own_origin(request: &Request) -> String {
    let scheme = if request.https { "https" } else { "http" };
    match request.port {
        Some(port) => format!("{scheme}://{}:{port}", request.host),
        None => format!("{scheme}://{}", request.host),
    }
}

/// What shows that a foreign form did not send the request.
enum Proof {
    /// Its media type: forms do not send this one.
    MediaType,
    /// The token in the header.
    Token,
    /// Nothing could.
    Impossible,
}

/// A foreign page can make a browser send forms and plain text without asking; nothing else. Files come as a form does, and
/// the pieces of an upload without any type at first: both carry the token.
fn proof(request: &Request) -> Proof {
    if request.headers.get("tus-resumable").is_some() {
        return Proof::Token;
    }
    match request.media_type().as_deref() {
        Some("multipart/form-data" | "application/offset+octet-stream") => Proof::Token,
        Some("application/x-www-form-urlencoded" | "text/plain") => Proof::Impossible,
        None | Some(_) => Proof::MediaType,
    }
}
