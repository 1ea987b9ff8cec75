//! What protects a tenant: limits, blocked addresses, alerts.

use serde::Serialize;

use super::{Form, Moment};

/// `GET /agent/security`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Limits {
    /// State of the form: `rate_limit_per_minute`, `rate_limit_burst`, `security_contacts`, `cors_origins`, `turnstile_site_key`; never the
    /// secret.
    pub form: Form,
    /// Whether networks are blocked by themselves.
    pub block_networks: bool,
}

/// `GET /agent/security/blocks`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Blocks {
    /// One page, the newest first.
    pub rows: Vec<BlockRow>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Where the reader comes from: what they cannot block.
    pub own_address: String,
    /// State of the form that adds one: `range`, `reason`, `hours`.
    pub form: Form,
}

/// One block of the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct BlockRow {
    /// Id.
    pub id: String,
    /// Address or range.
    pub range: String,
    /// Why, or empty.
    pub reason: String,
    /// Who blocked it; empty for the product.
    pub by: String,
    /// Whether the product's rule did.
    pub by_rule: bool,
    /// Since when.
    pub created: Moment,
    /// Until when, if it ends.
    #[serde(default)]
    pub ends: Option<Moment>,
    /// Whether it is over.
    pub is_over: bool,
}

/// `GET /agent/security/alerts`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Alerts {
    /// One page, the newest first.
    pub rows: Vec<AlertRow>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Whether those are shown that somebody has looked at.
    pub all: bool,
}

/// One alert of the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct AlertRow {
    /// Id.
    pub id: String,
    /// What: `password_spraying`.
    pub kind: String,
    /// About whom: a person's name, or a network.
    pub about: String,
    /// Whether it is about a person.
    pub person: bool,
    /// What it rests on.
    pub facts: Vec<Fact>,
    /// Address of the log's lines about the subject.
    pub lines: String,
    /// When it was raised.
    pub created: Moment,
    /// When somebody looked at it.
    #[serde(default)]
    pub seen: Option<Moment>,
    /// Who, or empty.
    pub seen_by: String,
    /// Until when its like is silenced.
    #[serde(default)]
    pub silenced: Option<Moment>,
}

/// A figure, a country or an address that an alert rests on.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Fact {
    /// `tries`, `accounts`, `country`, ...
    pub name: String,
    /// As it is.
    pub value: String,
}
