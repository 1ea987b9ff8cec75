//! Roles for a time, deputies, policies, and who may do something and why.

use serde::Serialize;

use super::access::Module;
use super::{Choice, Form, Moment};

/// `GET /agent/access/people/{user}/grants`, `GET /agent/access/groups/{group}/grants`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Grants {
    /// Whose: `people` or `groups`, as the section of their page is called.
    pub section: String,
    /// Id of the person or group.
    pub id: String,
    /// Their name.
    pub name: String,
    /// One page of what was given to them, the latest first.
    pub rows: Vec<GrantRow>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// State of the form that gives a role: `role`, `reach`, `department`, `organization`, `starts_at`, `ends_at`, `reason`.
    pub form: Form,
    /// The tenant's own roles; the five stand before them.
    pub own_roles: Vec<Choice>,
    /// Departments.
    pub departments: Vec<Choice>,
    /// Names of some organizations, to choose from while typing.
    pub organizations: Vec<String>,
    /// Whether the reader may give and end.
    pub may_edit: bool,
}

/// A role that was given.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct GrantRow {
    /// Id.
    pub id: String,
    /// `active`, `later`, `over` or `revoked`.
    pub state: String,
    /// One of the five.
    pub role: String,
    /// Name of the tenant's own role, or empty.
    pub own_role: String,
    /// `own`, `organization`, `department` or `all`.
    pub reach: String,
    /// The organization or department, where it is not the holder's own.
    pub place: String,
    /// Why.
    pub reason: String,
    /// From when.
    pub starts: Moment,
    /// Until when; for good where there is none.
    #[serde(default)]
    pub ends: Option<Moment>,
    /// Whether it can be ended.
    pub live: bool,
}

/// `GET /profile/deputies`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Deputies {
    /// One page of the delegations of which the reader is a party, the latest first.
    pub rows: Vec<DeputyRow>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// State of the form that lends: `deputy`, `starts_at`, `ends_at`, `reason`.
    pub form: Form,
    /// Colleagues.
    pub colleagues: Vec<Choice>,
}

/// Rights lent to a deputy.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct DeputyRow {
    /// Id.
    pub id: String,
    /// `active`, `later`, `over` or `revoked`.
    pub state: String,
    /// Whether it is the reader who lends.
    pub lends: bool,
    /// The other one's name.
    pub other: String,
    /// Why.
    pub reason: String,
    /// From when.
    pub starts: Moment,
    /// Until when.
    pub ends: Moment,
    /// Whether it can be ended.
    pub live: bool,
}

/// `GET /agent/access/policies`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Policies {
    /// One page by name.
    pub rows: Vec<PolicyRow>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Whether the reader may make and change them.
    pub may_edit: bool,
}

/// One policy of the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct PolicyRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// `allow` or `deny`.
    pub effect: String,
    /// Names of permissions.
    pub permissions: String,
    /// Whether it is in force.
    pub enabled: bool,
}

/// `GET /agent/access/policies/new`, `GET /agent/access/policies/{access_policy}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct PolicyEdit {
    /// Id; empty for a new one.
    pub id: String,
    /// Name as it stands; empty for a new one.
    pub name: String,
    /// State of the form: `name`, `description`, `effect`, `condition`, `enabled`, and of the trial `ticket`, `permission_tried`, `people`.
    pub form: Form,
    /// What the form sends back.
    pub version: i64,
    /// The catalogue, module by module.
    pub modules: Vec<Module>,
    /// Permissions that are about tickets, to try one.
    pub tried: Vec<Choice>,
    /// What the trial found.
    #[serde(default)]
    pub answer: Option<Answer>,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// `GET /agent/access/explain`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Explain {
    /// State of the form: `ticket`, `people`, `person`.
    pub form: Form,
    /// Permissions that are about tickets.
    pub tried: Vec<Choice>,
    /// What was found.
    #[serde(default)]
    pub answer: Option<Answer>,
}

/// Who may, who only a policy keeps from it, and why.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Answer {
    /// One page of people.
    pub rows: Vec<Decision>,
    /// Address of the next page, where one can go there.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Whether there are more people than were looked at.
    pub more: bool,
}

/// The decision about one person.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Decision {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether it is the account of a program.
    pub program: bool,
    /// Whether they may.
    pub may: bool,
    /// What gives it.
    pub given: Vec<Reason>,
    /// Policies that deny it.
    pub denied: Vec<Named>,
}

/// What gives a right.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Reason {
    /// `role`, `grant`, `group`, `deputy` or `policy`.
    pub kind: String,
    /// One of the five, or empty.
    pub role: String,
    /// Name of the tenant's own role, the group, the lender or the policy, or empty.
    pub name: String,
    /// When it ends.
    #[serde(default)]
    pub until: Option<Moment>,
}

/// Something with a page of its own.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Named {
    /// Id; empty for what is not saved.
    pub id: String,
    /// Name.
    pub name: String,
}
