//! Boards: cards of tickets in columns.

use serde::Serialize;

use super::{Choice, Moment, Person, tickets::Row};

/// `GET /agent/boards/workload` and `GET /agent/boards/sla`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Board {
    /// What the columns are: `agent`, `status` or `sla`.
    pub by: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// Departments for the filter.
    pub departments: Vec<Choice>,
    /// Agents for the filter of the SLA board.
    #[serde(default)]
    pub agents: Vec<Choice>,
    /// The filter's assignee: an id, `none`, or empty.
    #[serde(default)]
    pub assignee: String,
    /// The filter's clock.
    #[serde(default)]
    pub clock: String,
    /// Address of this page, to which `&move=...` is added.
    pub here: String,
    /// Address without filters, where some are set.
    #[serde(default)]
    pub clear: Option<String>,
    /// Address of the whole board, where this is one column of it.
    #[serde(default)]
    pub whole: Option<String>,
    /// Address of the columns before these.
    #[serde(default)]
    pub previous: Option<String>,
    /// Address of the columns after these.
    #[serde(default)]
    pub next: Option<String>,
    /// Whether the reader may move cards.
    pub may_move: bool,
    /// Where a card can be moved: `none` and agents, or statuses.
    #[serde(default)]
    pub targets: Vec<Target>,
    /// The card that is being moved.
    #[serde(default)]
    pub moving: Option<Moving>,
}

/// A column.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Column {
    /// An agent's id, `none`, a status, or a lane: `breached`, `hour`, `today`, `later`, `paused`.
    pub key: String,
    /// Whose it is.
    #[serde(default)]
    pub person: Option<Person>,
    /// That somebody stands in for them.
    #[serde(default)]
    pub away: Option<Away>,
    /// How many tickets it has.
    pub size: i64,
    /// Whether there may be more.
    #[serde(default)]
    pub or_more: bool,
    /// How much that is of the fullest column, 0 to 100; none where columns are not people.
    #[serde(default)]
    pub load: Option<i64>,
    /// How many of its first cards are overdue.
    #[serde(default)]
    pub late: i64,
    /// Its first cards.
    pub cards: Vec<Row>,
    /// Address of the next ones.
    #[serde(default)]
    pub more: Option<String>,
}

/// Somebody who is being stood in for.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Away {
    /// By whom.
    pub deputy: String,
    /// Until when.
    pub until: Moment,
}

/// Where a card can be moved.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Target {
    /// What the form sends: an agent's id, `none`, a status.
    pub value: String,
    /// An agent's name; empty for what has a word of the product's.
    #[serde(default)]
    pub name: String,
    /// Whether the card is there, or is to go there.
    #[serde(default)]
    pub selected: bool,
}

/// The card that is being moved.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Moving {
    /// Number.
    pub number: String,
    /// Title, where it is known.
    #[serde(default)]
    pub title: String,
    /// The version that was looked at.
    pub version: i64,
    /// Why it was refused.
    #[serde(default)]
    pub error: Option<String>,
}
