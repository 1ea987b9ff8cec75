//! Service levels in the JSON API: policies (`rules`), calendars, missed promises, and when a ticket would be due.

pub mod calendars;
pub mod preview;
pub mod rules;
pub mod violations;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use shared::error::ApiError;
use shared::http::Request;

/// An example as it is shown: as it was sent, and what the product adds.
fn shown(sent: Value, added: Value) -> Value {
    match (sent, added) {
        (Value::Object(mut shown), Value::Object(mut added)) => {
            shown.append(&mut added);
            Value::Object(shown)
        }
        (sent, _) => sent,
    }
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
