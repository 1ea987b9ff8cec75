//! Nothing secret gets into the log: values under telling names are replaced, long texts are cut.

use serde_json::{Map, Value};

use crate::limits::AUDIT_TEXT_CHARS_MAX;

/// What stands in the place of a secret.
const HIDDEN: &str = "***";

/// Names of secrets, as words of a field's name: `api_key`, `passwordHash` and `recovery-codes` are hit, `keyboard` is not.
const SECRET_WORDS: &[&str] = &[
    "authorization",
    "cookie",
    "cookies",
    "credential",
    "credentials",
    "hash",
    "hashes",
    "hmac",
    "jwt",
    "key",
    "keys",
    "nonce",
    "otp",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "pin",
    "private",
    "recovery",
    "salt",
    "secret",
    "secrets",
    "signature",
    "token",
    "tokens",
    "totp",
    "webauthn",
];

/// Words that hold one of them and are written as one.
const SECRET_ENDINGS: &[&str] = &["apikey", "secretkey", "privatekey", "accesstoken", "refreshtoken"];

/// The value as it may be written down. Under a secret's name every text and number becomes `***`, whatever the depth; whether
/// something is there (`null`, `true`, `false`) stays. A JSON object within a text is looked into likewise, and a text of more than
/// [`AUDIT_TEXT_CHARS_MAX`] characters is cut.
pub fn mask(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(object(fields)),
        Value::Array(items) => Value::Array(items.into_iter().map(mask).collect()),
        Value::String(text) => Value::String(readable(text)),
        other => other,
    }
}

fn object(fields: Map<String, Value>) -> Map<String, Value> {
    // A change that is written as `{"field": "password", "from": .., "to": ..}` names the secret in a value.
    let names_a_secret = fields.get("field").and_then(Value::as_str).is_some_and(is_secret);
    fields
        .into_iter()
        .map(|(name, value)| {
            let hides = is_secret(&name) || names_a_secret && name != "field";
            let value = if hides { hidden(value) } else { mask(value) };
            (name, value)
        })
        .collect()
}

fn hidden(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(fields.into_iter().map(|(name, value)| (name, hidden(value))).collect()),
        Value::Array(items) => Value::Array(items.into_iter().map(hidden).collect()),
        Value::String(_) | Value::Number(_) => Value::String(HIDDEN.to_owned()),
        flag => flag,
    }
}

/// A text, with secrets hidden if it is a JSON document, and cut if it is long.
fn readable(text: String) -> String {
    let text = match serde_json::from_str::<Value>(&text) {
        Ok(document @ (Value::Object(_) | Value::Array(_))) => {
            let masked = mask(document.clone());
            if masked == document { text } else { masked.to_string() }
        }
        _ => text,
    };
    match text.char_indices().nth(AUDIT_TEXT_CHARS_MAX) {
        None => text,
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
    }
}

fn is_secret(name: &str) -> bool {
    words(name).iter().any(|word| SECRET_WORDS.contains(&word.as_str()) || SECRET_ENDINGS.iter().any(|end| word.ends_with(end)))
}

/// The words of a field's name, in lower case: `passwordHash`, `password_hash`, `PASSWORD-HASH`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for letter in name.chars() {
        let begins = letter.is_uppercase() && was_small;
        was_small = letter.is_lowercase() || letter.is_ascii_digit();
        if !letter.is_alphanumeric() || begins {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{AUDIT_TEXT_CHARS_MAX, mask};

    #[test]
    fn a_value_under_a_secrets_name_is_hidden_however_the_name_is_written() {
        for name in [
            "password",
            "Password",
            "new_password",
            "passwordHash",
            "client-secret",
            "token",
            "refresh_token",
            "apiKey",
            "apikey",
            "API_KEY",
            "recovery_codes",
            "recoveryCode",
            "totp_secret",
            "hash",
            "Set-Cookie",
            "private_key",
        ] {
            let masked = mask(json!({ name: "s3cret", "beside": "seen" }));
            assert_eq!(masked, json!({ name: "***", "beside": "seen" }), "{name}");
        }
    }

    #[test]
    fn a_name_that_only_sounds_like_a_secrets_stays() {
        let detail = json!({ "keyboard": "qwerty", "monkey": "yes", "hashtag": "#erp", "tokenizer": "words", "spinning": "wheel", "shipping": "air" });
        assert_eq!(mask(detail.clone()), detail);
    }

    #[test]
    fn everything_below_is_hidden_and_whether_it_was_there_stays() {
        let masked = mask(json!({
            "from": { "password": null, "secrets": ["a", 7, { "inner": "b" }] },
            "to": { "password": "x", "has_token": true, "pin": 1234 },
            "keys": { "from": "old", "to": "new" }
        }));
        assert_eq!(
            masked,
            json!({
                "from": { "password": null, "secrets": ["***", "***", { "inner": "***" }] },
                "to": { "password": "***", "has_token": true, "pin": "***" },
                "keys": { "from": "***", "to": "***" }
            })
        );
    }

    #[test]
    fn a_change_that_names_its_field_in_a_value_hides_both_sides() {
        let masked = mask(json!([{ "field": "api_key", "from": "a", "to": "b" }, { "field": "title", "from": "a", "to": "b" }]));
        assert_eq!(
            masked,
            json!([{ "field": "api_key", "from": "***", "to": "***" }, { "field": "title", "from": "a", "to": "b" }])
        );
    }

    #[test]
    fn a_document_within_a_text_is_looked_into() {
        let masked = mask(json!({ "custom_fields": { "from": r#"{"erp_token":"abc","site":"7"}"#, "to": "no document {" } }));
        assert_eq!(masked, json!({ "custom_fields": { "from": r#"{"erp_token":"***","site":"7"}"#, "to": "no document {" } }));
    }

    #[test]
    fn a_document_without_secrets_stays_as_it_was_written() {
        let detail = json!({ "from": r#"{ "b": 1,  "a": 2 }"# });
        assert_eq!(mask(detail.clone()), detail);
    }

    #[test]
    fn a_long_text_is_cut_between_letters() {
        let masked = mask(json!({ "title": "я".repeat(AUDIT_TEXT_CHARS_MAX + 1), "other": "я".repeat(AUDIT_TEXT_CHARS_MAX) }));
        assert_eq!(masked["title"], "я".repeat(AUDIT_TEXT_CHARS_MAX) + "…");
        assert_eq!(masked["other"], "я".repeat(AUDIT_TEXT_CHARS_MAX));
    }
}
