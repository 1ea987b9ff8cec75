//! What protects a tenant: limits, blocked addresses, alerts.

use serde::Serialize;

use super::{Form, Moment};

/// `GET /agent/security`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Limits {
    /// State of the form: `rate_limit_per_minute`, `rate_limit_burst`.
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
