//! JSON bodies, read with their limit and parsed strictly.
//!
//! A body that is no JSON is 400; one that is JSON but not of the expected shape is 422 and names the field. Types that are
//! read here say `#[serde(deny_unknown_fields)]`: a field that the route does not know is refused, never ignored.

use serde::de::DeserializeOwned;
use shared::error::{ApiError, FieldError};
use shared::http::Request;
use shared::limits::BODY_BYTES_MAX;

/// Reads the request's JSON body as `T`.
pub async fn json<T: DeserializeOwned>(request: &mut Request) -> Result<T, ApiError> {
    let is_json =
        request.media_type().is_some_and(|media_type| media_type == "application/json" || media_type.ends_with("+json"));
    if !is_json {
        return Err(ApiError::unsupported_media_type());
    }
    parse(&request.body.take().read(BODY_BYTES_MAX).await?)
}

/// Parses JSON that was read already.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let deserializer = &mut serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if !inner.is_data() {
            // A null or a list where a word belongs is reported as bad syntax, though the syntax is good.
            return match serde_json::from_slice::<serde::de::IgnoredAny>(bytes) {
                Ok(_) => ApiError::field(path, "wrong_type"),
                Err(_) => ApiError::malformed(inner),
            };
        }
        let message = inner.to_string();
        let quoted = message.split('`').nth(1).unwrap_or_default().to_owned();
        let (field, code) = if message.starts_with("unknown field") {
            // The path ends in the unknown field already, where the parser knows it.
            (if path == "." || path.is_empty() { quoted } else { path }, "unknown_field")
        } else if message.starts_with("missing field") {
            (if path == "." || path.is_empty() { quoted } else { format!("{path}.{quoted}") }, "missing_field")
        } else if message.starts_with("unknown variant") {
            (path, "unknown_value")
        } else {
            (path, "wrong_type")
        };
        ApiError::invalid(vec![FieldError::new(field, code)])
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::parse;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Sample {
        name: String,
        count: Option<i64>,
    }

    fn fault(text: &str) -> (u16, String, &'static str) {
        let error = parse::<Sample>(text.as_bytes()).unwrap_err();
        let (field, code) = error.fields.first().map_or((String::new(), ""), |fault| (fault.field.clone(), fault.code));
        (error.status, field, code)
    }

    #[test]
    fn every_fault_of_a_body_is_named_by_its_field() {
        assert_eq!(fault("{"), (400, String::new(), ""));
        assert_eq!(fault(r#"{"nome":"x"}"#), (422, "nome".to_owned(), "unknown_field"));
        assert_eq!(fault("{}"), (422, "name".to_owned(), "missing_field"));
        assert_eq!(fault(r#"{"name":"x","count":"y"}"#), (422, "count".to_owned(), "wrong_type"));
    }
}
