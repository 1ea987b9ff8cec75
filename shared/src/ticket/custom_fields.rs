//! Fields that a tenant invents: a flat JSON object of scalars.

use serde_json::{Map, Value};

use crate::error::FieldError;
use crate::limits::CUSTOM_FIELDS_BYTES_MAX;

/// How many of them one ticket may have.
const FIELDS_MAX: usize = 50;
/// Characters of a name.
const NAME_CHARS_MAX: usize = 64;
/// Characters of a text value.
pub const VALUE_CHARS_MAX: usize = 2000;

/// Custom fields of a ticket: names to texts, numbers and flags.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CustomFields(Map<String, Value>);

impl CustomFields {
    /// Takes names of ASCII letters, digits, `_`, `-` and `.`, and scalar values; `null` leaves the field out. Each fault is named
    /// as `custom_fields.<name>`.
    pub fn parse(fields: Map<String, Value>) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        if fields.len() > FIELDS_MAX {
            return Err(vec![FieldError::new("custom_fields", "too_many").arg("maximum", FIELDS_MAX)]);
        }
        let mut kept = Map::new();
        for (name, value) in fields {
            let path = format!("custom_fields.{name}");
            if !is_name(&name) {
                faults.push(FieldError::new(path, "bad_name"));
                continue;
            }
            let fault = match &value {
                Value::Null => continue,
                Value::Array(_) | Value::Object(_) => Some(FieldError::new(path, "wrong_type")),
                Value::String(text) if text.chars().count() > VALUE_CHARS_MAX => {
                    Some(FieldError::new(path, "too_long").arg("maximum", VALUE_CHARS_MAX))
                }
                Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
            };
            if let Some(fault) = fault {
                faults.push(fault);
                continue;
            }
            kept.insert(name, value);
        }
        let fields = Self(kept);
        if fields.to_json().len() > CUSTOM_FIELDS_BYTES_MAX {
            faults.push(FieldError::new("custom_fields", "too_long").arg("maximum", CUSTOM_FIELDS_BYTES_MAX));
        }
        if faults.is_empty() { Ok(fields) } else { Err(faults) }
    }

    /// As stored.
    pub fn to_json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// As shown.
    pub fn into_map(self) -> Map<String, Value> {
        self.0
    }
}

/// Whether a field can have this name: up to 64 ASCII letters, digits, `_`, `-` and `.`.
pub fn is_name(name: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    !name.is_empty() && name.chars().count() <= NAME_CHARS_MAX && name.chars().all(good)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(value: Value) -> Result<CustomFields, Vec<FieldError>> {
        CustomFields::parse(value.as_object().unwrap().clone())
    }

    #[test]
    fn scalars_are_kept_and_null_leaves_a_field_out() {
        let fields = parse(json!({"contract": "A-1", "seats": 5, "vip": true, "gone": null})).unwrap();
        assert_eq!(Value::Object(fields.into_map()), json!({"contract": "A-1", "seats": 5, "vip": true}));
    }

    #[test]
    fn nested_values_odd_names_and_masses_are_refused_by_name() {
        let faults = parse(json!({"a": {"b": 1}, "c d": 1, "e": "x".repeat(2001)})).unwrap_err();
        let named: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        assert_eq!(
            named,
            [("custom_fields.a", "wrong_type"), ("custom_fields.c d", "bad_name"), ("custom_fields.e", "too_long")]
        );
        let many: Map<String, Value> = (0..51).map(|n| (format!("f{n}"), json!(n))).collect();
        assert_eq!(CustomFields::parse(many).unwrap_err()[0].code, "too_many");
        let heavy: Map<String, Value> = (0..10).map(|n| (format!("f{n}"), json!("я".repeat(1900)))).collect();
        assert_eq!(CustomFields::parse(heavy).unwrap_err()[0].code, "too_long");
    }
}
