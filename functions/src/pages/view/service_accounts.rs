//! Accounts of programs and their keys.

use serde::Serialize;

use super::access::Module;
use super::{Choice, Form, Moment};

/// `GET /agent/access/service-accounts`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ServiceAccounts {
    /// All of them by name.
    pub rows: Vec<ServiceAccountRow>,
    /// State of the form that makes one: `name`, `role`.
    pub form: Form,
    /// The tenant's own roles; the five stand before them.
    pub own_roles: Vec<Choice>,
    /// Whether the reader may make and change them.
    pub may_edit: bool,
}

/// One account of the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ServiceAccountRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// One of the five.
    pub role: String,
    /// Name of the tenant's own role, or empty.
    pub own_role: String,
    /// `active` or `disabled`.
    pub status: String,
    /// How many of its keys are good.
    pub keys: u32,
}

/// `GET /agent/access/service-accounts/{account}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ServiceAccountEdit {
    /// Id; also its name as an OAuth client.
    pub id: String,
    /// Name as it stands.
    pub name: String,
    /// `active` or `disabled`.
    pub status: String,
    /// State of the form: `name`, `role`, `status`.
    pub form: Form,
    /// The tenant's own roles.
    pub own_roles: Vec<Choice>,
    /// What the form sends back.
    pub version: i64,
    /// One page of its keys, latest first.
    pub keys: Vec<KeyRow>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// State of the form that makes a key: `name`, `networks`, `expires_in_days`.
    pub key: Form,
    /// What the account holds, module by module.
    pub modules: Vec<Module>,
    /// Whether the reader may change anything.
    pub may_edit: bool,
}

/// One key.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct KeyRow {
    /// Id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// How it begins.
    pub prefix: String,
    /// `active`, `expired` or `revoked`.
    pub state: String,
    /// Names of permissions.
    pub scopes: String,
    /// From where it may be used; empty for from anywhere.
    pub networks: String,
    /// When it ends.
    pub expires: Moment,
    /// When it was last used.
    #[serde(default)]
    pub used: Option<Moment>,
    /// From where.
    pub used_from: String,
}

/// A key that was just made: what `POST .../keys` and `POST .../rotate` answer, once.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct KeySecret {
    /// Id of the account.
    pub account: String,
    /// Its name.
    pub account_name: String,
    /// What people call the key.
    pub name: String,
    /// The key.
    pub key: String,
    /// When it ends.
    pub expires: Moment,
}
