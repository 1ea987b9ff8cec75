//! People, organizations, groups and roles.

use serde::Serialize;

use super::{Choice, Form, Person};

/// `GET /agent/access`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct People {
    /// How name or address begins.
    pub q: String,
    /// Only this role; empty for all.
    pub role: String,
    /// Only this status; empty for all.
    pub status: String,
    /// One page by name.
    pub rows: Vec<PersonRow>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Address of the list without filters, where some are set.
    #[serde(default)]
    pub clear: Option<String>,
    /// Whether the reader may add people.
    pub may_edit: bool,
}

/// One person of the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct PersonRow {
    /// Who.
    pub person: Person,
    /// One of the five.
    pub role: String,
    /// Name of the tenant's own role, or empty.
    pub own_role: String,
    /// `active`, `unverified`, `disabled` or `removed`.
    pub status: String,
    /// Organization or department, or empty.
    pub place: String,
}

/// `GET /agent/access/people/new`, `GET /agent/access/people/{user}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct PersonEdit {
    /// Id; empty for a new person.
    pub id: String,
    /// Name as it stands; empty for a new person.
    pub name: String,
    /// Address as it stands; empty for a new person.
    pub email: String,
    /// State of the form: `email`, `name`, `role`, `organization`, `locale`, `status`.
    pub form: Form,
    /// The tenant's own roles; the five stand before them.
    pub own_roles: Vec<Choice>,
    /// Departments.
    pub departments: Vec<Choice>,
    /// Names of some organizations, to choose from while typing.
    pub organizations: Vec<String>,
    /// What the form sends back.
    pub version: i64,
    /// `active`, `unverified`, `disabled` or `removed`; empty for a new person.
    pub status: String,
    /// Whether a system of identities manages the person.
    #[serde(default)]
    pub by_scim: bool,
    /// Whether the reader may change anything.
    pub may_edit: bool,
}

/// `GET /agent/access/organizations`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Organizations {
    /// How the name begins.
    pub q: String,
    /// One page by name.
    pub rows: Vec<OrganizationRow>,
    /// State of the form that adds one: `name`, `customer_type`.
    pub form: Form,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Whether the reader may add and change.
    pub may_edit: bool,
}

/// One organization of the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct OrganizationRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Customer type.
    pub customer_type: String,
}

/// `GET /agent/access/organizations/{organization}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct OrganizationEdit {
    /// Id.
    pub id: String,
    /// Name as it stands.
    pub name: String,
    /// State of the form: `name`, `customer_type`.
    pub form: Form,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// `GET /agent/access/groups`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Groups {
    /// All of them by name.
    pub rows: Vec<GroupRow>,
    /// State of the form that adds one: `name`, `description`.
    pub form: Form,
    /// Whether the reader may add and change.
    pub may_edit: bool,
}

/// One group of the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct GroupRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How many belong to it.
    pub members: i64,
}

/// `GET /agent/access/groups/{group}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct GroupEdit {
    /// Id.
    pub id: String,
    /// Name as it stands.
    pub name: String,
    /// State of the form: `name`, `description`.
    pub form: Form,
    /// What the form sends back.
    pub version: i64,
    /// How many belong to it.
    pub count: i64,
    /// One page of them.
    pub members: Vec<PersonRow>,
    /// State of the form that takes somebody in: `email`.
    pub join: Form,
    /// Address of the next page of members.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// `GET /agent/access/roles`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Roles {
    /// The five.
    pub built_in: Vec<String>,
    /// The tenant's own by name.
    pub own: Vec<RoleRow>,
    /// Whether the reader may make one.
    pub may_edit: bool,
}

/// One role of the tenant's own.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RoleRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Which of the five it is built on.
    pub base: String,
}

/// `GET /agent/access/roles/new`, `GET /agent/access/roles/{role}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RoleEdit {
    /// Id; empty for a new one.
    pub id: String,
    /// Whether it is one of the five.
    pub builtin: bool,
    /// Name as it stands; empty for a new one.
    pub name: String,
    /// State of the form: `name`, `description`, `base`.
    pub form: Form,
    /// What the form sends back.
    pub version: i64,
    /// The catalogue, module by module.
    pub modules: Vec<Module>,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// Permissions that belong together.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Module {
    /// Stable name.
    pub name: String,
    /// Its permissions.
    pub permissions: Vec<Right>,
}

/// A permission that a role holds or not.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Right {
    /// Stable name, `module.action`.
    pub name: String,
    /// What it lets somebody do, in the reader's language.
    pub explanation: String,
    /// Whether the role holds it.
    pub held: bool,
}
