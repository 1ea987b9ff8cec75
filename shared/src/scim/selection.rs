//! Which attributes an answer has (RFC 7644, 3.9): `attributes` and `excludedAttributes`.

use serde_json::{Map, Value};

use super::filter::{self, Attribute};
use super::{ENTERPRISE, bad_value, too_many};
use crate::error::ApiError;

/// Attributes that one request names.
const NAMES_MAX: usize = 50;

/// What an answer has of a resource.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    only: Vec<Attribute>,
    without: Vec<Attribute>,
}

impl Selection {
    /// Reads names that are separated by commas.
    pub fn of(only: Option<&str>, without: Option<&str>) -> Result<Self, ApiError> {
        Ok(Self { only: names(only, "attributes")?, without: names(without, "excludedAttributes")? })
    }

    /// Whether an attribute is in the answer, so that nobody has to look for one that is not.
    pub fn has(&self, name: &str) -> bool {
        let is_meant = |one: &Attribute| one.name.eq_ignore_ascii_case(name);
        (self.only.is_empty() || self.only.iter().any(is_meant))
            && !self.without.iter().any(|one| is_meant(one) && one.part.is_none())
    }

    /// What is left of a resource; `id` and `schemas` always are.
    pub fn of_resource(&self, resource: Value) -> Value {
        let Value::Object(attributes) = resource else { return resource };
        let kept = attributes.into_iter().filter_map(|(name, value)| {
            if name == "id" || name == "schemas" {
                return Some((name, value));
            }
            let is_enterprise = name == ENTERPRISE;
            let part_of = |one: &Attribute| {
                if !is_enterprise {
                    return (!one.is_enterprise && one.name.eq_ignore_ascii_case(&name)).then(|| one.part.clone());
                }
                one.is_enterprise.then(|| Some(one.name.clone()).filter(|name| !name.is_empty()))
            };
            let only: Vec<Option<String>> = self.only.iter().filter_map(part_of).collect();
            let without: Vec<Option<String>> = self.without.iter().filter_map(part_of).collect();
            if (!self.only.is_empty() && only.is_empty()) || without.contains(&None) {
                return None;
            }
            let keeps = |part: &str| {
                let is = |one: &Option<String>| one.as_deref().is_some_and(|one| one.eq_ignore_ascii_case(part));
                (only.is_empty() || only.contains(&None) || only.iter().any(is)) && !without.iter().any(is)
            };
            Some((name, parts(value, &keeps)))
        });
        Value::Object(kept.collect())
    }
}

fn parts(value: Value, keeps: &dyn Fn(&str) -> bool) -> Value {
    match value {
        Value::Object(object) => Value::Object(object.into_iter().filter(|(name, _)| keeps(name)).collect::<Map<_, _>>()),
        Value::Array(list) => Value::Array(list.into_iter().map(|one| parts(one, keeps)).collect()),
        other => other,
    }
}

fn names(text: Option<&str>, name: &str) -> Result<Vec<Attribute>, ApiError> {
    let typed: Vec<&str> = text.unwrap_or_default().split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
    if typed.len() > NAMES_MAX {
        return Err(too_many());
    }
    typed.into_iter().map(|one| filter::parse_attribute(one).ok_or_else(|| bad_value(name))).collect()
}
