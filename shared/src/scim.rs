//! SCIM 2.0 (RFC 7643, 7644): what a company's system of identities says of people and groups, as far as the product keeps it.
//!
//! Nothing here asks a database: filters and paths are parsed, requests become plain values, and what is wrong with them has a name.

pub mod filter;
pub mod groups;
pub mod people;
pub mod query;
pub mod selection;

mod patch;
#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::error::ApiError;

/// The schema of a person.
pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The schema of a group.
pub const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// The extension for people of companies.
pub const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// The schema of a list.
pub const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/// Characters of a filter or path.
pub const FILTER_CHARS_MAX: usize = 1000;
/// How deep a filter may be nested.
pub const FILTER_DEPTH_MAX: usize = 10;
/// Operations of one PATCH.
pub const OPERATIONS_MAX: usize = 100;
/// Members of a group that one request names, and that one answer lists.
pub const MEMBERS_MAX: usize = 1000;
/// Members that one request takes in or out: each is a line of the audit log, in one batch.
pub const MEMBERS_CHANGED_MAX: usize = 300;
/// Characters of `externalId`.
pub const EXTERNAL_ID_CHARS_MAX: usize = 255;
/// Resources of a page where none is asked for.
pub const COUNT_DEFAULT: u32 = 100;
/// Resources of a page at most.
pub const COUNT_MAX: u32 = 200;
/// The last place that a list is read from: what stands before it has to be passed over.
pub const START_INDEX_MAX: u32 = 50_000;
/// Matches of a filter that are counted at most.
pub const MATCHES_MAX: u32 = 1000;

/// A filter that cannot be read or is not answered (RFC 7644, 3.12: `invalidFilter`).
pub fn bad_filter() -> ApiError {
    ApiError::unprocessable("scim_filter")
}

/// A path of a PATCH that is none (`invalidPath`).
pub fn bad_path(path: &str) -> ApiError {
    ApiError::unprocessable("scim_path").arg("path", short(path))
}

/// A value that an attribute cannot have (`invalidValue`).
pub fn bad_value(attribute: &str) -> ApiError {
    ApiError::unprocessable("scim_value").arg("path", short(attribute))
}

/// An attribute that stays as it is (`mutability`).
pub fn read_only(attribute: &str) -> ApiError {
    ApiError::unprocessable("scim_mutability").arg("path", short(attribute))
}

/// More than is answered or done at once (`tooMany`).
pub fn too_many() -> ApiError {
    ApiError::unprocessable("scim_too_many")
}

fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(80).collect()
}

/// `scimType` of a refusal (RFC 7644, table 9), if it has one.
pub fn kind_of(error: &ApiError) -> Option<&'static str> {
    Some(match error.code {
        "scim_filter" => "invalidFilter",
        "scim_path" => "invalidPath",
        "scim_mutability" => "mutability",
        "scim_too_many" => "tooMany",
        "email_taken" | "name_taken" => "uniqueness",
        "malformed" => "invalidSyntax",
        _ if error.status == 422 => "invalidValue",
        _ => return None,
    })
}

/// The attribute of an object, whose names are compared without regard to case (RFC 7643, 2.1). What is null is not there.
pub fn attribute<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    let found = object.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value).filter(|value| !value.is_null())
}

/// The text of an attribute; `None` where it is not there or empty.
fn text(object: &Value, name: &str) -> Result<Option<String>, ApiError> {
    attribute(object, name).map_or(Ok(None), |value| text_of(value, name))
}

/// A value that has to be text; empty text is none.
fn text_of(value: &Value, name: &str) -> Result<Option<String>, ApiError> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        _ => Err(bad_value(name)),
    }
}

/// A value that has to be true or false; Entra ID sends it as text (`"False"`).
fn flag_of(value: &Value, name: &str) -> Result<bool, ApiError> {
    match value {
        Value::Bool(flag) => Ok(*flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        _ => Err(bad_value(name)),
    }
}

fn external_id_of(value: &Value) -> Result<Option<String>, ApiError> {
    let id = text_of(value, "externalId")?;
    if id.as_ref().is_some_and(|id| id.chars().count() > EXTERNAL_ID_CHARS_MAX || id.chars().any(char::is_control)) {
        return Err(bad_value("externalId"));
    }
    Ok(id)
}
