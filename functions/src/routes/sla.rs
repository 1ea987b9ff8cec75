//! Service levels in the JSON API: policies (`rules`), calendars, missed promises, and when a ticket would be due.

pub mod calendars;
pub mod preview;
pub mod rules;
pub mod violations;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::error::ApiError;
use shared::http::Request;

use crate::actions::tickets::IfMatch;

/// The version as an entity tag.
fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// If-Match, where it may be left out.
fn if_match_or_any(request: &Request) -> Result<IfMatch, ApiError> {
    if request.headers.get("if-match").is_some() { IfMatch::read(request) } else { Ok(IfMatch::Any) }
}

/// Where a page ended, opaque to the client: the sort keys of its last row.
fn cursor_of(keys: &[&str]) -> String {
    URL_SAFE_NO_PAD.encode(keys.join("\n"))
}

/// Reads the cursor of a list with so many sort keys; `None` on the first page.
fn cursor<const KEYS: usize>(request: &Request) -> Result<Option<[String; KEYS]>, ApiError> {
    let Some(text) = request.query.get("cursor") else { return Ok(None) };
    let keys = || -> Option<[String; KEYS]> {
        let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        plain.split('\n').map(str::to_owned).collect::<Vec<_>>().try_into().ok()
    };
    keys().map(Some).ok_or_else(bad_cursor)
}

fn bad_cursor() -> ApiError {
    ApiError::field("cursor", "bad_cursor")
}
