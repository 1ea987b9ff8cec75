//! GET /.well-known/security.txt: where to report a hole (RFC 9116). Anybody, on every host.

use chrono::{Days, NaiveTime};
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::context::PlatformCtx;

/// Days for which the text is good: RFC 9116 advises less than a year, and it is written anew with every request.
const DAYS: u64 = 180;

/// Answers. It expires at a midnight, so that copies of one day are alike.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &PlatformCtx<'_>, _request: Request) -> Result<Response, ApiError> {
    let config = ctx.platform.config();
    let host = ctx.tenant.map_or(config.console_host.as_str(), |tenant| tenant.host());
    let port = config.public_port.map(|port| format!(":{port}")).unwrap_or_default();
    let expires = (ctx.now.date_naive() + Days::new(DAYS)).and_time(NaiveTime::MIN).and_utc();
    let text = format!(
        "Contact: {}\nExpires: {}\nPreferred-Languages: en, ru, ar\nCanonical: {}://{host}{port}/.well-known/security.txt\n",
        config.security_contact,
        expires.format("%Y-%m-%dT%H:%M:%SZ"),
        config.public_scheme,
    );
    Ok(Response::bytes(200, "text/plain; charset=utf-8", text.into_bytes()).with("cache-control", "public, max-age=86400"))
}
