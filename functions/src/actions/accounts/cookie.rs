//! Cookies, the session's among them: host-only, out of reach of scripts, not sent along by other sites' forms.

use shared::http::{Request, Response};
use shared::limits::SESSION_SECONDS;

use crate::context::Ctx;
use crate::dispatch::cookie_name;

/// Hands a session's secret to the browser, for as long as the tenant lets sessions live.
pub fn set(response: &mut Response, ctx: &Ctx<'_>, secret: &str) {
    let seconds = i64::from(ctx.tenant.settings().session_absolute_hours) * 3600;
    response.headers.append("set-cookie", field(cookie_name(ctx.https), secret, ctx.https, seconds));
}

/// The same for an operator of the platform.
pub fn set_operators(response: &mut Response, https: bool, secret: &str) {
    response.headers.append("set-cookie", field(cookie_name(https), secret, https, SESSION_SECONDS));
}

/// Takes it away.
pub fn clear(response: &mut Response, https: bool) {
    response.headers.append("set-cookie", field(cookie_name(https), "", https, 0));
}

/// A choice that lasts a year: language, theme.
pub fn remember(response: &mut Response, https: bool, name: &str, value: &str) {
    private(response, https, name, value, 365 * 24 * 3600);
}

/// A cookie that only the server reads, and that no other host can plant: [`read`] finds it again.
pub fn private(response: &mut Response, https: bool, name: &str, value: &str, seconds: i64) {
    response.headers.append("set-cookie", field(&host_only(name, https), value, https, seconds));
}

/// What [`private`] or [`remember`] has left with the browser.
pub fn read<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.cookie(&host_only(name, request.https))
}

/// Browsers take a cookie of this prefix from the host itself only, over TLS (RFC 6265bis, 4.1.3.2).
fn host_only(name: &str, https: bool) -> String {
    if https { format!("__Host-{name}") } else { name.to_owned() }
}

fn field(name: &str, value: &str, https: bool, seconds: i64) -> String {
    let secure = if https { "; Secure" } else { "" };
    format!("{name}={value}; Path=/{secure}; HttpOnly; SameSite=Lax; Max-Age={seconds}")
}
