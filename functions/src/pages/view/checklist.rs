//! What is to be done on a ticket.

use serde::Serialize;

use super::{Form, Moment};

/// `GET /agent/tickets/{number}/checklist`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Checklist {
    /// `ACME-1042`
    pub number: String,
    /// Title.
    pub title: String,
    /// Whether the reader may change it.
    pub may_change: bool,
    /// Items that are done.
    pub done: i64,
    /// All items.
    pub total: i64,
    /// The version that is shown.
    pub version: i64,
    /// In order.
    pub items: Vec<Item>,
    /// What was typed for a new one and refused: `text`. What was refused of an item stands at the item.
    pub form: Form,
}

/// One thing to be done.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Item {
    /// Its number within the list.
    pub id: i64,
    /// What is to be done.
    pub text: String,
    /// Whether it is.
    pub done: bool,
    /// Who has done it.
    #[serde(default)]
    pub who: Option<String>,
    /// When.
    #[serde(default)]
    pub at: Option<Moment>,
    /// Whether it can go up, and down.
    pub can_rise: bool,
    /// See above.
    pub can_sink: bool,
    /// The places above and below, from 0.
    pub above: i64,
    /// See above.
    pub below: i64,
    /// Other words for it that were refused.
    #[serde(default)]
    pub typed: Option<Typed>,
}

/// Words of an item that were refused.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Typed {
    /// As they were typed.
    pub text: String,
    /// Why.
    pub error: String,
}
