//! Views that people save: the list of them, and the form of one.

use serde::Serialize;

use super::{Choice, Form};

/// `GET /agent/views`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Views {
    /// One's own, in order.
    pub own: Vec<ViewRow>,
    /// Those that are shared with one.
    pub shared: Vec<ViewRow>,
}

/// A view in the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ViewRow {
    /// `viw_...`
    pub id: String,
    /// Name.
    pub name: String,
    /// `nobody`, `group`, `desk`.
    pub shared: String,
    /// The group's name.
    #[serde(default)]
    pub group: Option<String>,
    /// Whose it is, of those that are shared with one.
    #[serde(default)]
    pub owner: Option<String>,
    /// Whether the person may change it.
    pub may_change: bool,
    /// Whether it can go up, and down.
    pub can_rise: bool,
    /// See above.
    pub can_sink: bool,
}

/// `GET /agent/views/new`, `GET /agent/views/{view}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ViewEdit {
    /// `viw_...`; empty for a new one.
    pub id: String,
    /// What was typed or stored, by its field names.
    pub form: Form,
    /// The version that the form is based on.
    pub version: i64,
    /// The groups that the person belongs to.
    pub groups: Vec<Choice>,
    /// Whether the person may share with the whole desk.
    pub may_share_with_desk: bool,
    /// Agents.
    pub agents: Vec<Choice>,
    /// Categories.
    pub categories: Vec<Choice>,
    /// Departments.
    pub departments: Vec<Choice>,
    /// Companies.
    pub organizations: Vec<Choice>,
    /// Columns by their names.
    pub columns: Vec<Choice>,
    /// Conditions that only the API sets, which the form carries along.
    pub others: Vec<Choice>,
}
