//! Pages of other sites that a tenant lets use its API (Fetch standard, CORS protocol).
//!
//! The tenant names exact origins. They may ask with a token that they hold; never with the reader's cookies, for
//! `Access-Control-Allow-Credentials` is never said, and nothing that opens, ends or goes on with a session is open to them.

use shared::http::{Headers, Method, Request, Response};
use shared::tenant::Tenant;

use super::Arrival;
use crate::routes::Router;

/// What the API of another site's page does not reach: signing in and out, tokens of programs, sessions, sockets, the door of mail.
const SHUT: [&str; 5] = ["/api/auth/", "/api/oauth/", "/api/sessions", "/api/live", "/api/inbound/"];
/// Header fields that such a page may send.
const SENT: &str = "accept-language, api-version, authorization, content-type, idempotency-key, if-match, if-none-match, tus-resumable, \
                    upload-length, upload-metadata, upload-offset";
/// Header fields that it may read.
const READ: &str = "content-language, etag, idempotency-replayed, link, location, ratelimit, ratelimit-policy, retry-after, upload-offset, \
                    x-request-id";
/// Seconds for which a browser remembers what it was told.
const REMEMBERED_SECONDS: &str = "600";

/// The origin of a page of another site that may ask for `path` (without the API's version).
pub(super) fn guest(arrival: &Arrival<'_>, tenant: &Tenant, request: &Request, path: &str) -> Option<String> {
    let origin = request.headers.get("origin").filter(|origin| *origin != arrival.origin)?;
    let is_shut = !path.starts_with("/api/") || SHUT.iter().any(|shut| path.starts_with(shut));
    let is_named = tenant.settings().cors_origins.iter().any(|named| named == origin);
    (is_named && !is_shut).then(|| origin.to_owned())
}

/// The answer to a browser that asks before it sends; `None` where the request is no such question.
pub(super) fn preflight(router: &Router, request: &Request, path: &str) -> Option<Response> {
    if request.method != Method::Options {
        return None;
    }
    let method = Method::parse(request.headers.get("access-control-request-method")?)?;
    router.find(false, method, path).ok()?;
    let response = Response::empty(204)
        .with("access-control-allow-methods", method.as_str())
        .with("access-control-allow-headers", SENT)
        .with("access-control-max-age", REMEMBERED_SECONDS);
    Some(response)
}

/// Tells the browser that the page may read the answer.
pub(super) fn let_read(headers: &mut Headers, guest: Option<&str>) {
    if let Some(origin) = guest {
        headers.set("access-control-allow-origin", origin);
        headers.set("access-control-expose-headers", READ);
        headers.append("vary", "origin");
    }
}
