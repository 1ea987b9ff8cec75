//! JSON bodies, read with their limit and parsed strictly.
//!
//! A body that is no JSON is 400; one that is JSON but not of the expected shape is 422 and names the field. Types that are
//! read here say `#[serde(deny_unknown_fields)]`: a field that the route does not know is refused, never ignored.

mod place;

use serde::de::{DeserializeOwned, IgnoredAny};
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
    let text = std::str::from_utf8(bytes).map_err(ApiError::malformed)?;
    serde_json::from_str(text).map_err(|error| fault(text, &error))
}

/// What is wrong with a body. A null or a list where a word belongs is reported as bad syntax, though the syntax is good.
fn fault(text: &str, error: &serde_json::Error) -> ApiError {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return ApiError::malformed(error);
    }
    let message = error.to_string();
    let quoted = message.split('`').nth(1).unwrap_or_default();
    let is_missing = message.starts_with("missing field");
    // What the parser refused as syntax it had already read.
    let column = error.column().saturating_sub(usize::from(!error.is_data()));
    let path = place::path(text, error.line(), column, is_missing);
    let (field, code) = if message.starts_with("unknown field") {
        (path, "unknown_field")
    } else if is_missing {
        (if path.is_empty() { quoted.to_owned() } else { format!("{path}.{quoted}") }, "missing_field")
    } else if message.starts_with("unknown variant") {
        (path, "unknown_value")
    } else {
        (path, "wrong_type")
    };
    ApiError::invalid(vec![FieldError::new(if field.is_empty() { ".".to_owned() } else { field }, code)])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::parse;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Sample {
        name: String,
        #[serde(default)]
        count: Option<i64>,
        #[serde(default)]
        kind: Option<Kind>,
        #[serde(default)]
        lines: Vec<Line>,
        #[serde(default)]
        even: Option<Even>,
        #[serde(default)]
        prices: BTreeMap<String, Vec<f64>>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Small,
        Large,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Line {
        text: String,
        #[serde(default)]
        even: Option<Even>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(try_from = "i64")]
    struct Even;

    impl TryFrom<i64> for Even {
        type Error = &'static str;

        fn try_from(number: i64) -> Result<Self, Self::Error> {
            if number % 2 == 0 { Ok(Self) } else { Err("an odd number") }
        }
    }

    fn fault(text: &str) -> (u16, String, &'static str) {
        let error = parse::<Sample>(text.as_bytes()).unwrap_err();
        let (field, code) = error.fields.first().map_or((String::new(), ""), |fault| (fault.field.clone(), fault.code));
        (error.status, field, code)
    }

    #[test]
    fn what_is_no_json_is_malformed() {
        for text in ["", "{", "{'name':'x'}", r#"{"name":"x"} {}"#, "\u{feff}{}"] {
            assert_eq!(fault(text), (400, String::new(), ""), "{text}");
        }
        assert_eq!(parse::<Sample>(&[b'"', 0xff, b'"']).unwrap_err().status, 400);
    }

    #[test]
    fn every_fault_of_a_body_is_named_by_its_field() {
        for (text, field, code) in [
            (r#"{"nome":"x"}"#, "nome", "unknown_field"),
            (r#"{"name":"x","nome" : 1}"#, "nome", "unknown_field"),
            ("{}", "name", "missing_field"),
            (r#"{"lines":[],"count":1}"#, "name", "missing_field"),
            (r#"{"name":"\ud800"}"#, "name", "wrong_type"),
            (r#"{"name":null}"#, "name", "wrong_type"),
            (r#"{"name":["x"]}"#, "name", "wrong_type"),
            (r#"{"name":{"x":[1]}}"#, "name", "wrong_type"),
            (r#"{"name":"x","count":"y"}"#, "count", "wrong_type"),
            (r#"{"name":"x","count":1.5}"#, "count", "wrong_type"),
            (r#"{"count":true,"name":"x"}"#, "count", "wrong_type"),
            (r#"{"name":"x","kind":"huge"}"#, "kind", "unknown_value"),
            (r#"{"name":"x","kind":["small"]}"#, "kind", "wrong_type"),
            (r#"{"name":"x","kind":7}"#, "kind", "wrong_type"),
            (r#"{"name":"x","lines":{}}"#, "lines", "wrong_type"),
            (r#"{"name":"x","lines":[{"text":"a"},{"text":4}]}"#, "lines[1].text", "wrong_type"),
            (r#"{"name":"x","lines":[{"text":"a"},{"text":"b","even":3}]}"#, "lines[1].even", "wrong_type"),
            (r#"{"name":"x","lines":[{"text":"a"},{"even":3,"text":"b"}]}"#, "lines[1].even", "wrong_type"),
            (r#"{"name":"x","lines":[{"text":"a"},{}]}"#, "lines[1].text", "missing_field"),
            (r#"{"name":"x","lines":[{"text":"a","size":1}]}"#, "lines[0].size", "unknown_field"),
            (r#"{"even":3,"name":"x"}"#, "even", "wrong_type"),
            (r#"{"name":"x","even":3}"#, "even", "wrong_type"),
            (r#"{"name":"x","prices":{"a, \"b\": {":[1,2],"c":[1,"2"]}}"#, "prices.c[1]", "wrong_type"),
            ("{\n  \"name\": \"é[{,\",\n  \"count\": []\n}", "count", "wrong_type"),
            ("7", ".", "wrong_type"),
        ] {
            assert_eq!(fault(text), (422, field.to_owned(), code), "{text}");
        }
    }
}
