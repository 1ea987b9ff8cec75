//! The operations of a PATCH (RFC 7644, 3.5.2), as they are sent.

use serde_json::Value;

use super::filter::{self, Path};
use super::{OPERATIONS_MAX, attribute, bad_path, bad_value, too_many};
use crate::error::ApiError;

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Add,
    Replace,
    Remove,
}

/// One operation on one attribute.
pub(super) struct Operation<'a> {
    pub verb: Verb,
    pub path: Path,
    /// The path as it was sent.
    pub text: String,
    pub value: &'a Value,
}

/// Reads the operations. One without a path is as many as its value has attributes; Entra ID and Okta send dotted ones there.
pub(super) fn read(body: &Value) -> Result<Vec<Operation<'_>>, ApiError> {
    let sent = attribute(body, "Operations").and_then(Value::as_array).ok_or_else(|| bad_value("Operations"))?;
    let mut operations = Vec::new();
    for one in sent {
        let verb = match attribute(one, "op").and_then(Value::as_str).map(str::to_ascii_lowercase).as_deref() {
            Some("add") => Verb::Add,
            Some("replace") => Verb::Replace,
            Some("remove") => Verb::Remove,
            _ => return Err(bad_value("op")),
        };
        let value = attribute(one, "value").unwrap_or(&Value::Null);
        match attribute(one, "path") {
            Some(path) => operations.push(operation(verb, path.as_str().ok_or_else(|| bad_value("path"))?, value)?),
            // RFC 7644, 3.5.2.2: who takes away says what.
            None if verb == Verb::Remove => return Err(ApiError::unprocessable("scim_no_target")),
            None => {
                for (name, value) in value.as_object().ok_or_else(|| bad_value("value"))? {
                    operations.push(operation(verb, name, value)?);
                }
            }
        }
        if operations.len() > OPERATIONS_MAX {
            return Err(too_many());
        }
    }
    Ok(operations)
}

fn operation<'a>(verb: Verb, text: &str, value: &'a Value) -> Result<Operation<'a>, ApiError> {
    let path = filter::parse_path(text).ok_or_else(|| bad_path(text))?;
    Ok(Operation { verb, path, text: text.to_owned(), value })
}
