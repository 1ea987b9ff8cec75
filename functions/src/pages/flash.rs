//! What just happened, carried over a redirect in a cookie that is shown once.

use shared::http::{Request, Response};

use super::view::shell::Flash;
use crate::actions::accounts::cookie;
use crate::context::Ctx;

const COOKIE: &str = "flash";

/// A redirect (303) to a page that will say what happened. `key` is a message id of `ui.ftl`.
pub fn see_other(ctx: &Ctx<'_>, location: &str, flash: &Flash) -> Response {
    let value: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("kind", &flash.kind)
        .append_pair("key", &flash.key)
        .append_pair("arg", &flash.arg)
        .append_pair("count", &flash.count.to_string())
        .finish();
    let mut response = Response::see_other(location);
    cookie::private(&mut response, ctx.https, COOKIE, &value, 60);
    response
}

/// Good news.
pub fn success(key: &str) -> Flash {
    Flash { kind: "success".to_owned(), key: key.to_owned(), arg: String::new(), count: 0 }
}

/// What did not come about.
pub fn failure(key: &str) -> Flash {
    Flash { kind: "danger".to_owned(), ..success(key) }
}

/// Takes the cookie away once it was shown.
pub fn clear(response: &mut Response, https: bool) {
    cookie::private(response, https, COOKIE, "", 0);
}

/// What the request carries.
pub fn of(request: &Request) -> Option<Flash> {
    cookie::read(request, COOKIE).and_then(parse)
}

/// Reads the cookie; whatever is not of our making is no message.
fn parse(value: &str) -> Option<Flash> {
    let pairs = shared::http::decode_pairs(value.as_bytes());
    let key = pairs.get("key")?;
    let kind = pairs.get("kind")?;
    let known_kind = matches!(kind, "success" | "info" | "warning" | "danger");
    let known_key =
        key.starts_with("flash-") && key.len() < 60 && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (known_kind && known_key).then(|| Flash {
        kind: kind.to_owned(),
        key: key.to_owned(),
        arg: pairs.get("arg").unwrap_or_default().chars().take(100).collect(),
        count: pairs.get("count").and_then(|count| count.parse().ok()).unwrap_or(0),
    })
}
