//! Companies' directories.

use serde::Serialize;

use super::{Choice, Form};

/// `GET /agent/access/directories`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Directories {
    /// All of them by name.
    pub rows: Vec<Row>,
    /// Whether the reader may set one up.
    pub may_edit: bool,
}

/// One directory of the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Row {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The server.
    pub host: String,
    /// Whether its people can sign in.
    pub enabled: bool,
    /// How its last round stands.
    pub state: String,
}

/// `GET /agent/access/directories/new`, `GET /agent/access/directories/{directory}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct DirectoryEdit {
    /// Id; empty for a new one.
    pub id: String,
    /// Name as it stands; empty for a new one.
    pub name: String,
    /// State of the form.
    pub form: Form,
    /// What the form sends back.
    pub version: i64,
    /// Whether its people can sign in.
    pub enabled: bool,
    /// Whether people who are new get an account.
    pub create_people: bool,
    /// What groups give, and some empty lines.
    pub mappings: Vec<MappingRow>,
    /// The role of everybody else: the tenant's own roles.
    pub own_roles: Vec<Choice>,
    /// Names of some organizations, to choose from while typing.
    pub organizations: Vec<String>,
    /// The steps of a test that was just made.
    pub steps: Vec<Step>,
    /// The user name that it was made with.
    pub tested: String,
    /// How the rounds stand; of one that is there.
    #[serde(default)]
    pub sync: Option<Round>,
    /// A page of its people.
    pub people: Vec<LinkedPerson>,
    /// State of the form that links somebody: `email`, `username`.
    pub link: Form,
    /// Address of the next page of people.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// What a group gives.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct MappingRow {
    /// The group.
    pub group: String,
    /// One of the five, `rol_...`, or empty.
    pub role: String,
    /// The tenant's own roles.
    pub own_roles: Vec<Choice>,
    /// Name of an organization.
    pub organization: String,
    /// Departments.
    pub departments: Vec<Choice>,
    /// What is wrong with it.
    pub error: String,
}

/// A step of a test.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Step {
    /// Stable name.
    pub step: String,
    /// Whether it went well.
    pub ok: bool,
    /// What was found, or what was wrong.
    pub detail: String,
}

/// How the rounds stand.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Round {
    /// `idle`, `running`, `done`, `stopped`, `failed`.
    pub state: String,
    /// Why it stopped or failed; empty for no reason.
    pub problem: String,
    /// People who were looked at.
    pub seen: u32,
    /// Accounts that were made.
    pub created: u32,
    /// Accounts that were changed or opened again.
    pub changed: u32,
    /// Accounts that were disabled.
    pub disabled: u32,
    /// People whose address belongs to an account that is not linked to them.
    pub unlinked: u32,
    /// People who could not be taken.
    pub skipped: u32,
    /// When it ended, in milliseconds; 0 where it did not.
    pub finished: i64,
}

/// Somebody of the directory.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct LinkedPerson {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// User name in the directory.
    pub username: String,
    /// Whether they are gone from it.
    pub gone: bool,
}
