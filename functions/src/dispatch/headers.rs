//! Headers that every response carries.

use shared::http::Response;
use shared::platform::Config;

use super::Arrival;
use crate::actions::visitors::challenge::ORIGIN;

/// What pages never ask a browser for.
const PERMISSIONS: &str = "accelerometer=(), bluetooth=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
                           hid=(), magnetometer=(), microphone=(), midi=(), payment=(), screen-wake-lock=(), serial=(), usb=(), \
                           xr-spatial-tracking=()";

/// Adds security headers and the request id. A handler that set one of them keeps its own.
pub(super) fn finish(response: &mut Response, arrival: &Arrival<'_>, page: &Page, config: &Config) {
    let headers = &mut response.headers;
    headers.set("x-request-id", &arrival.request_id);
    let mut unless_set = |name: &str, value: String| {
        if headers.get(name).is_none() {
            headers.set(name, value);
        }
    };
    unless_set("x-content-type-options", "nosniff".to_owned());
    unless_set("referrer-policy", "strict-origin-when-cross-origin".to_owned());
    unless_set("cross-origin-opener-policy", "same-origin".to_owned());
    unless_set("cross-origin-resource-policy", "same-origin".to_owned());
    unless_set("permissions-policy", PERMISSIONS.to_owned());
    unless_set("origin-agent-cluster", "?1".to_owned());
    unless_set("x-permitted-cross-domain-policies", "none".to_owned());
    unless_set("cache-control", "no-store".to_owned());
    unless_set("content-security-policy", content_security_policy(arrival, page));
    if config.public_scheme == "https" {
        unless_set("strict-transport-security", "max-age=63072000; includeSubDomains".to_owned());
    }
}

/// What a page needs from elsewhere.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Where the tenant's logo lies.
    pub logo_origin: Option<String>,
    /// Whether it asks visitors to show that they are people.
    pub has_challenge: bool,
    /// Whether our own pages show it in a frame.
    pub is_framed: bool,
}

/// Scripts and styles of ours by nonce or from our own origin, the tenant's logo from where it lies, nothing else from anywhere
/// (CSP level 3).
fn content_security_policy(arrival: &Arrival<'_>, page: &Page) -> String {
    let socket = arrival.origin.replacen("http", "ws", 1);
    let nonce = &arrival.nonce;
    let logo = page.logo_origin.as_deref().map(|origin| format!(" {origin}")).unwrap_or_default();
    let frames = if page.has_challenge { format!(" {ORIGIN}") } else { String::new() };
    let ancestors = if page.is_framed { "'self'" } else { "'none'" };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:{logo}; \
         font-src 'self'; connect-src 'self' {socket}; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-src 'self'{frames}; frame-ancestors {ancestors}; object-src 'none'"
    )
}
