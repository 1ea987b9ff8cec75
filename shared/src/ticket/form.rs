//! What clients of the API send about tickets. These types hold anything of the right shape; the use cases make valid
//! values of them. A field that is not here is refused by name, and so are the fields that the product derives itself.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{Priority, Status, Visibility};
use crate::id::{DepartmentId, OrganizationId, UserId};

/// A new ticket.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTicketIn {
    /// One line, up to 200 characters.
    #[schema(example = "Invoice 4711 is not posted")]
    pub title: String,
    /// What happened, up to 64 KiB of Markdown.
    #[schema(example = "Posting stops with error 1203 since this morning.")]
    pub description: String,
    /// `medium` when left out.
    pub priority: Option<Priority>,
    /// A category's slug; found from the words of the ticket when left out.
    #[schema(example = "accounting")]
    pub category: Option<String>,
    /// One of the tenant's ERP modules.
    #[schema(example = "sales")]
    pub erp_module: Option<String>,
    /// Up to 30 tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Names to texts, numbers and flags.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub custom_fields: Map<String, Value>,
    /// On whose behalf; the caller when left out. Staff only.
    pub requester: Option<RequesterIn>,
    /// Who is to work on it. Staff who may assign.
    pub assignee: Option<UserId>,
    /// Which department; that of the category when left out. Staff who may assign.
    pub department: Option<DepartmentId>,
    /// Addresses that get copies of the answers.
    #[serde(default)]
    pub cc: Vec<String>,
}

/// A person by id, or by address; an unknown address becomes a new person who cannot sign in yet.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequesterIn {
    /// A person of the tenant.
    pub id: Option<UserId>,
    /// An address, where the id is not known.
    #[schema(example = "anna@client.example")]
    pub email: Option<String>,
    /// The name that goes with a new address.
    pub name: Option<String>,
}

/// A comment.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentIn {
    /// Up to 64 KiB of Markdown.
    #[schema(example = "Please try again: the number range is extended.")]
    pub body: String,
    /// `internal` is for staff.
    #[serde(default)]
    pub visibility: Visibility,
    /// The status to set together with the comment.
    pub status: Option<Status>,
}

/// A change of a ticket: every field that is there is set, the others stay. `null` empties a field that may be empty.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangesIn {
    /// A new title.
    #[serde(default, deserialize_with = "present")]
    pub title: Option<String>,
    /// A status that may follow the present one.
    #[serde(default, deserialize_with = "present")]
    pub status: Option<Status>,
    /// A priority; the clocks carry over what is used up.
    #[serde(default, deserialize_with = "present")]
    pub priority: Option<Priority>,
    /// A category's slug, or `null`.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    pub category: Option<Option<String>>,
    /// An ERP module, or `null`.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    pub erp_module: Option<Option<String>>,
    /// All tags, in place of the present ones.
    #[serde(default, deserialize_with = "present")]
    pub tags: Option<Vec<String>>,
    /// An active member of the desk, or `null`.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<UserId>)]
    pub assignee: Option<Option<UserId>>,
    /// A department, or `null`.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<DepartmentId>)]
    pub department: Option<Option<DepartmentId>>,
    /// The customer's company, or `null`.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<OrganizationId>)]
    pub organization: Option<Option<OrganizationId>>,
    /// All custom fields, in place of the present ones.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Object>)]
    pub custom_fields: Option<Map<String, Value>>,
    /// An escalation.
    #[serde(default, deserialize_with = "present")]
    pub escalation: Option<EscalationIn>,
}

/// An escalation: how high, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationIn {
    /// 0 (none) to 3.
    #[schema(example = 1, maximum = 3)]
    pub level: u8,
    /// Required above 0, up to 500 characters.
    pub reason: Option<String>,
}

/// Tags to add and to take away, beside those that a ticket has.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagEditIn {
    /// Tags to add.
    #[serde(default)]
    #[schema(example = json!(["year-end"]))]
    pub add: Vec<String>,
    /// Tags to take away; none of those to add.
    #[serde(default)]
    pub remove: Vec<String>,
}

/// Tags to add, remove or set.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagsIn {
    /// The tags.
    #[schema(example = json!(["year-end"]))]
    pub tags: Vec<String>,
    /// What to do with them.
    #[serde(default)]
    pub mode: TagsMode,
}

/// What to do with the tags of a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TagsMode {
    /// Put them beside the present ones.
    #[default]
    Add,
    /// Take them away.
    Remove,
    /// Put them in place of the present ones.
    Set,
}

/// A field that may be left out but not be `null`.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A field that may be left out, and `null`.
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_null_and_a_value_are_three_things() {
        let changes: ChangesIn = serde_json::from_str(r#"{"category": null, "erp_module": "sales"}"#).unwrap();
        assert_eq!(changes.category, Some(None));
        assert_eq!(changes.erp_module, Some(Some("sales".to_owned())));
        assert_eq!(changes.assignee, None);
        assert!(serde_json::from_str::<ChangesIn>(r#"{"status": null}"#).is_err());
        assert!(serde_json::from_str::<ChangesIn>(r#"{"number": "ACME-1"}"#).is_err());
    }
}
