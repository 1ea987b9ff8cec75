//! Departments and categories.

use serde::Serialize;

use super::{Choice, Form, Person};

/// `GET /agent/settings`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Settings {
    /// Departments in their order.
    pub departments: Vec<Named>,
    /// Categories in their order.
    pub categories: Vec<Named>,
    /// State of the "add department" form: field `name`.
    pub department_form: Form,
    /// State of the "add category" form: field `name`.
    pub category_form: Form,
    /// Whether the rules of signing in are the reader's to set.
    #[serde(default)]
    pub may_secure: bool,
}

/// `GET /agent/settings/security`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct SignInRules {
    /// Fields `session_idle_minutes`, `session_absolute_hours`, `password_min_chars`, `password_min_chars_before_second`, `api_key_days`.
    pub form: Form,
    /// Every role, and whether it needs a second factor.
    pub roles: Vec<RoleRule>,
    /// Whether codes by SMS are a second factor here.
    #[serde(default)]
    pub sms: bool,
    /// Whether the deployment has a way for them.
    #[serde(default)]
    pub sms_possible: bool,
}

/// `GET /agent/settings/texts`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Texts {
    /// The language whose texts they are.
    pub locale: String,
    /// Its direction.
    pub dir: String,
    /// What was looked for.
    pub q: String,
    /// Whether only the tenant's own are shown.
    pub own: bool,
    /// A page of texts by key.
    pub rows: Vec<TextRow>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
}

/// A text of the product.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct TextRow {
    /// Its key.
    pub key: String,
    /// What the product says.
    pub text: String,
    /// What the tenant says.
    #[serde(default)]
    pub own: Option<String>,
}

/// `GET /agent/settings/texts/{locale}/{text}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct TextEdit {
    /// Field `text`.
    pub form: Form,
    /// The language.
    pub locale: String,
    /// Its direction.
    pub dir: String,
    /// The key.
    pub key: String,
    /// What the product says.
    pub text: String,
    /// Values that the text may name.
    pub variables: Vec<String>,
    /// Whether the tenant says something else.
    pub is_own: bool,
    /// How long a text may be.
    pub chars_max: i64,
}

/// Whether a role needs a second factor.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RoleRule {
    /// `admin`, `manager`, `agent`, `client`, `analyst`.
    pub role: String,
    /// Whether it does.
    pub required: bool,
}

/// One department or category.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Named {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name as its form holds it: what was typed, where that was refused.
    pub typed: String,
    /// Why it was refused, in the reader's language; empty when it was not.
    #[serde(default)]
    pub error: String,
    /// Whether new tickets can no longer choose it.
    pub archived: bool,
    /// Address of its open tickets.
    pub list: String,
    /// Of a category: the departments that its tickets can go to.
    #[serde(default)]
    pub departments: Vec<Choice>,
    /// Of a department: what stands behind it.
    #[serde(default)]
    pub standing: Option<Standing>,
    /// Whether archiving asks first where its open tickets are to go.
    #[serde(default)]
    pub asks: bool,
}

/// What stands behind a department.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Standing {
    /// Counts the changes.
    pub version: i64,
    /// Who leads it; empty for nobody.
    pub lead: String,
    /// People of the desk who belong to it.
    pub people: i64,
    /// Whether there are more.
    #[serde(default)]
    pub more_people: bool,
    /// Whether the reader is told how many open tickets there are.
    #[serde(default)]
    pub counts: bool,
    /// Open tickets; none where the reader is not told.
    pub tickets: i64,
    /// Whether there are more.
    #[serde(default)]
    pub more_tickets: bool,
}

/// `GET /agent/settings/departments/{department}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct DepartmentPage {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether new tickets can no longer choose it.
    pub archived: bool,
    /// Address of its open tickets.
    pub list: String,
    /// What stands behind it.
    pub standing: Standing,
    /// Name of the department that its open tickets are going to.
    #[serde(default)]
    pub moving_to: Option<String>,
    /// Why a form of the page was refused.
    pub form: Form,
    /// Those who belong to it and whoever leads it now, as whoever leads it.
    pub leads: Vec<Choice>,
    /// Those who belong to it.
    pub members: Vec<Member>,
    /// Colleagues who do not; none where the reader may not change people.
    pub others: Vec<Choice>,
    /// Departments that its open tickets can go to; none where the reader may not move them.
    pub places: Vec<Choice>,
    /// Whether the reader may change people.
    pub may_people: bool,
}

/// Somebody who belongs to a department.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Member {
    /// The person.
    pub person: Person,
    /// `admin`, `manager`, `agent`, `analyst`; empty where the reader may not see it.
    pub role: String,
    /// Counts the changes of the person.
    pub version: i64,
}

/// `GET /` on the platform console: the tenants and their health.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Console {
    /// The tenants.
    pub tenants: Vec<ConsoleTenant>,
}

/// One tenant on the console.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ConsoleTenant {
    /// Name.
    pub name: String,
    /// Slug.
    pub slug: String,
    /// Address of its portal.
    pub url: String,
    /// Database binding's name.
    pub database: String,
    /// Language.
    pub locale: String,
    /// Whether it is active.
    pub active: bool,
}
