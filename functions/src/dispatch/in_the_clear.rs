//! Requests that came without TLS.
//!
//! Whoever types an address without its scheme is led to the same page over TLS. Nothing else is redirected: a program that sends its
//! token in the clear would never notice (OWASP ASVS 4.1.2). Where the product itself is served over HTTP, on a machine of one's own,
//! everything is answered.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{Arrival, refuse};
use crate::routes::{Face, Router};

/// The answer to a request that came in the clear; `None` goes on. Nothing of the request was believed or looked up yet.
pub(super) fn answer(arrival: &Arrival<'_>, router: &Router, is_console: bool, request: &Request) -> Option<Response> {
    if request.https || arrival.platform.config().public_scheme != "https" {
        return None;
    }
    let found = router.find(is_console, request.method, &request.path).ok().map(|(route, _)| route);
    let is_page = request.method.is_safe() && found.is_some_and(|route| matches!(route.face, Face::Page));
    Some(if is_page {
        Response::empty(308).with("location", over_tls(request))
    } else {
        refuse(arrival, None, found, &request.path, &ApiError::https_required())
    })
}

/// The same address at the usual port of HTTPS.
fn over_tls(request: &Request) -> String {
    let query = request.query.encoded();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("https://{}{}{mark}{query}", request.host, request.path)
}
