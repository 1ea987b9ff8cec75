//! A person as they are sent: whole, or as changes of what is there.

use serde_json::Value;

use super::filter::{Filter, Path};
use super::patch::{self, Operation, Verb};
use super::{ENTERPRISE, attribute, bad_path, bad_value, external_id_of, flag_of, read_only, text, text_of};
use crate::error::ApiError;
use crate::limits::NAME_CHARS_MAX;
use crate::mail::address;

/// Attributes of RFC 7643, 4.1, that the product does not keep: a person may be sent with them, and they are left out.
const LEFT_OUT: [&str; 17] = [
    "schemas",
    "nickname",
    "profileurl",
    "title",
    "usertype",
    "preferredlanguage",
    "locale",
    "timezone",
    "password",
    "phonenumbers",
    "ims",
    "photos",
    "addresses",
    "entitlements",
    "roles",
    "x509certificates",
    "groups",
];
/// The same of the extension (4.3).
const LEFT_OUT_OF_ENTERPRISE: [&str; 4] = ["employeenumber", "costcenter", "division", "manager"];
/// Addresses that one request names.
const ADDRESSES_MAX: usize = 20;

/// What somebody wants a person to be; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// `userName`: the address.
    pub user_name: Option<String>,
    /// What else is said to be their address: there is one, so it has to be the same.
    pub addresses: Vec<String>,
    /// Whether they can sign in.
    pub active: Option<bool>,
    /// What they are called.
    pub shown: Option<String>,
    /// The part of it that is their own.
    pub given: Option<Option<String>>,
    /// The part that is their family's.
    pub family: Option<Option<String>>,
    /// What they are called elsewhere.
    pub external_id: Option<Option<String>>,
    /// The name of their department.
    pub department: Option<Option<String>>,
    /// The name of their company.
    pub organization: Option<Option<String>>,
}

/// What somebody is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// As it is shown.
    pub shown: String,
    /// The part of it that is their own.
    pub given: Option<String>,
    /// The part that is their family's.
    pub family: Option<String>,
}

impl Names {
    /// The name as its parts make it.
    fn composed(&self) -> Option<String> {
        let parts: Vec<&str> = [&self.given, &self.family].into_iter().flatten().map(String::as_str).collect();
        Some(parts.join(" ")).filter(|name| !name.is_empty())
    }
}

impl Changes {
    /// Reads a whole person (POST, PUT). What is left out and may stay, stays (RFC 7644, 3.5.1).
    pub fn whole(body: &Value) -> Result<Self, ApiError> {
        if !body.is_object() {
            return Err(bad_value("."));
        }
        let nothing = Value::Null;
        let extension = attribute(body, ENTERPRISE).unwrap_or(&nothing);
        let name = attribute(body, "name").unwrap_or(&nothing);
        let mut changes = Self {
            user_name: Some(address_of(attribute(body, "userName").unwrap_or(&nothing), "userName")?),
            active: attribute(body, "active").map(|value| flag_of(value, "active")).transpose()?,
            shown: text(body, "displayName")?.or(text(name, "formatted")?),
            given: part(name, "givenName")?.map(Some),
            family: part(name, "familyName")?.map(Some),
            external_id: attribute(body, "externalId").map(external_id_of).transpose()?,
            department: text(extension, "department")?.map(Some),
            organization: text(extension, "organization")?.map(Some),
            addresses: Vec::new(),
        };
        if changes.shown.is_none() {
            let given = changes.given.clone().flatten();
            changes.shown = Names { shown: String::new(), given, family: changes.family.clone().flatten() }.composed();
        }
        if let Some(emails) = attribute(body, "emails") {
            changes.take_addresses(emails)?;
        }
        Ok(changes)
    }

    /// Reads changes (PATCH).
    pub fn patch(body: &Value) -> Result<Self, ApiError> {
        let mut changes = Self::default();
        for operation in patch::read(body)? {
            changes.apply(&operation)?;
        }
        Ok(changes)
    }

    /// Refuses (`mutability`) another address than the person has: whoever changes where a link for a password is mailed to could become
    /// anybody.
    pub fn check_address(&self, address: &str) -> Result<(), ApiError> {
        if self.user_name.as_ref().is_some_and(|name| name != address) {
            return Err(read_only("userName"));
        }
        if self.addresses.iter().any(|one| one != address) {
            return Err(read_only("emails"));
        }
        Ok(())
    }

    /// What the person is called afterwards. A name that was made of its parts follows them.
    pub fn names(&self, before: &Names) -> Names {
        let given = self.given.clone().unwrap_or_else(|| before.given.clone());
        let mut after = Names { shown: before.shown.clone(), given, family: before.family.clone() };
        if let Some(family) = &self.family {
            after.family.clone_from(family);
        }
        let has_parts = self.given.is_some() || self.family.is_some();
        let follows = has_parts && before.composed().is_none_or(|composed| composed == before.shown);
        if let Some(shown) = self.shown.clone().or_else(|| after.composed().filter(|_| follows)) {
            after.shown = shown;
        }
        after
    }

    fn apply(&mut self, operation: &Operation<'_>) -> Result<(), ApiError> {
        let Operation { verb, path, text, value } = operation;
        let is_gone = *verb == Verb::Remove;
        let nothing = Value::Null;
        let value = if is_gone { &nothing } else { *value };
        let Path { attribute: of, within } = path;
        if of.is_enterprise {
            return self.apply_extension(&of.name, value, text);
        }
        match (of.name.as_str(), of.part.as_deref()) {
            ("active", None) => self.active = Some(flag_of(value, "active")?),
            ("username", None) => self.user_name = Some(address_of(value, "userName")?),
            ("displayname", None) => self.shown = text_of(value, "displayName")?.or(self.shown.take()),
            ("name", None) => {
                for (name, value) in value.as_object().ok_or_else(|| bad_value("name"))? {
                    self.apply_name(&name.to_ascii_lowercase(), value)?;
                }
            }
            ("name", Some(part)) => self.apply_name(part, value)?,
            ("externalid", None) => self.external_id = Some(external_id_of(value)?),
            ("emails", part) if is_work(within.as_ref()) => match part {
                _ if is_gone => return Err(read_only("emails")),
                None => self.take_addresses(value)?,
                Some("value") => self.take_address(value)?,
                Some(_) => {}
            },
            ("emails", _) => {}
            ("id" | "meta", _) => return Err(read_only(text)),
            (name, _) if LEFT_OUT.contains(&name) => {}
            _ => return Err(bad_path(text)),
        }
        Ok(())
    }

    fn apply_name(&mut self, name: &str, value: &Value) -> Result<(), ApiError> {
        match name {
            "givenname" => self.given = Some(checked(text_of(value, "name.givenName")?, "name.givenName")?),
            "familyname" => self.family = Some(checked(text_of(value, "name.familyName")?, "name.familyName")?),
            // `displayName` comes first, wherever it stands.
            "formatted" if self.shown.is_none() => self.shown = text_of(value, "name.formatted")?,
            "formatted" | "middlename" | "honorificprefix" | "honorificsuffix" => {}
            _ => return Err(bad_path(name)),
        }
        Ok(())
    }

    fn apply_extension(&mut self, name: &str, value: &Value, text: &str) -> Result<(), ApiError> {
        match name {
            "" => {
                for (name, value) in value.as_object().ok_or_else(|| bad_value(text))? {
                    let is_part = !name.is_empty();
                    is_part.then_some(()).ok_or_else(|| bad_path(text))?;
                    self.apply_extension(&name.to_ascii_lowercase(), value, name)?;
                }
            }
            "department" => self.department = Some(text_of(value, "department")?),
            "organization" => self.organization = Some(text_of(value, "organization")?),
            name if LEFT_OUT_OF_ENTERPRISE.contains(&name) => {}
            _ => return Err(bad_path(text)),
        }
        Ok(())
    }

    fn take_addresses(&mut self, emails: &Value) -> Result<(), ApiError> {
        match emails {
            Value::Array(list) => {
                let is_work = |email: &&Value| attribute(email, "type").is_none_or(says_work);
                list.iter().filter(is_work).try_for_each(|email| self.take_addresses_of(email))
            }
            one => self.take_addresses_of(one),
        }
    }

    fn take_addresses_of(&mut self, email: &Value) -> Result<(), ApiError> {
        match email {
            Value::Object(_) => attribute(email, "value").map_or(Ok(()), |value| self.take_address(value)),
            text => self.take_address(text),
        }
    }

    fn take_address(&mut self, value: &Value) -> Result<(), ApiError> {
        self.addresses.push(address_of(value, "emails")?);
        if self.addresses.len() > ADDRESSES_MAX { Err(super::too_many()) } else { Ok(()) }
    }
}

/// Whether the address that is meant is the one that there is: at work, or the first one.
fn is_work(within: Option<&Filter>) -> bool {
    match within {
        None => true,
        Some(Filter::Compare(of, _, value)) if of.name == "type" => says_work(value),
        Some(Filter::Compare(of, _, value)) => of.name == "primary" && *value != Value::Bool(false),
        Some(_) => false,
    }
}

fn says_work(kind: &Value) -> bool {
    kind.as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("work"))
}

fn address_of(value: &Value, name: &str) -> Result<String, ApiError> {
    value.as_str().and_then(address::normalize).ok_or_else(|| bad_value(name))
}

fn part(name: &Value, part: &str) -> Result<Option<String>, ApiError> {
    checked(text(name, part)?, part)
}

fn checked(text: Option<String>, name: &str) -> Result<Option<String>, ApiError> {
    let fits = text.as_ref().is_none_or(|text| text.chars().count() <= NAME_CHARS_MAX && !text.chars().any(char::is_control));
    if fits { Ok(text) } else { Err(bad_value(name)) }
}
