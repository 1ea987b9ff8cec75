//! A group as it is sent: whole, or as changes of what is there.

use std::collections::BTreeMap;

use serde_json::Value;

use super::filter::{Filter, Operator};
use super::patch::{self, Operation, Verb};
use super::{MEMBERS_MAX, attribute, bad_path, bad_value, external_id_of, read_only, text, text_of, too_many};
use crate::error::ApiError;
use crate::id::UserId;

/// A group as somebody wants it to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its name; `None` leaves it.
    pub name: Option<String>,
    /// What it is called elsewhere; `None` leaves it.
    pub external_id: Option<Option<String>>,
    /// Whether everybody who is not named in `members` goes.
    pub is_whole: bool,
    /// Who comes in (true) and who goes out (false).
    pub members: BTreeMap<UserId, bool>,
}

impl Draft {
    /// Reads a whole group (POST, PUT). Without `members` those who are there stay.
    pub fn read(body: &Value) -> Result<Self, ApiError> {
        if !body.is_object() {
            return Err(bad_value("."));
        }
        let mut draft = Self {
            name: Some(text(body, "displayName")?.ok_or_else(|| bad_value("displayName"))?),
            external_id: attribute(body, "externalId").map(external_id_of).transpose()?,
            ..Self::default()
        };
        if let Some(members) = attribute(body, "members") {
            draft.is_whole = true;
            draft.set(members, true)?;
        }
        Ok(draft)
    }

    /// Reads changes (PATCH).
    pub fn changes(body: &Value) -> Result<Self, ApiError> {
        let mut draft = Self::default();
        for operation in patch::read(body)? {
            draft.apply(&operation)?;
        }
        Ok(draft)
    }

    fn apply(&mut self, operation: &Operation<'_>) -> Result<(), ApiError> {
        let Operation { verb, path, text, value } = operation;
        let is_gone = *verb == Verb::Remove;
        let of = &path.attribute;
        if of.is_enterprise {
            return Err(bad_path(text));
        }
        match (of.name.as_str(), of.part.as_deref(), &path.within) {
            ("displayname", None, None) if is_gone => return Err(read_only("displayName")),
            ("displayname", None, None) => {
                self.name = Some(text_of(value, "displayName")?.ok_or_else(|| bad_value("displayName"))?);
            }
            ("externalid", None, None) => {
                self.external_id = Some(if is_gone { None } else { external_id_of(value)? });
            }
            ("members", None, None) if is_gone && !value.is_null() => self.set(value, false)?,
            ("members", None, None) => {
                if *verb != Verb::Add {
                    self.is_whole = true;
                    self.members.clear();
                }
                if !is_gone {
                    self.set(value, true)?;
                }
            }
            ("members", None, Some(within)) if is_gone => {
                self.put(&named(within).ok_or_else(|| bad_path(text))?, false)?;
            }
            ("id" | "meta", ..) => {
                // Okta sends the id along with a new name.
                if of.name == "meta" || is_gone {
                    return Err(read_only(text));
                }
            }
            ("schemas", ..) => {}
            _ => return Err(bad_path(text)),
        }
        Ok(())
    }

    fn set(&mut self, members: &Value, is_in: bool) -> Result<(), ApiError> {
        match members {
            Value::Array(list) => list.iter().try_for_each(|member| self.set(member, is_in)),
            Value::Object(_) => self.set(attribute(members, "value").unwrap_or(&Value::Null), is_in),
            Value::String(id) => self.put(id, is_in),
            _ => Err(bad_value("members")),
        }
    }

    fn put(&mut self, id: &str, is_in: bool) -> Result<(), ApiError> {
        match UserId::parse(id) {
            Ok(id) => self.members.insert(id, is_in),
            Err(_) if is_in => return Err(bad_value("members")),
            // Nobody is called so, and so nobody has to go.
            Err(_) => None,
        };
        if self.members.len() > MEMBERS_MAX { Err(too_many()) } else { Ok(()) }
    }
}

fn named(within: &Filter) -> Option<String> {
    match within {
        Filter::Compare(of, Operator::Equal, Value::String(id)) if of.name == "value" => Some(id.clone()),
        _ => None,
    }
}
