//! What somebody has opened: the list of the last tickets, and two of them side by side.

use serde::Serialize;

use super::Moment;

/// `GET /agent/recent`: the tickets that were opened last.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Recent {
    /// The latest first.
    pub tickets: Vec<Opened>,
}

/// A ticket that was opened.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Opened {
    /// `ACME-1042`.
    pub number: String,
    /// Title.
    pub title: String,
    /// Status.
    pub status: String,
    /// Whether it has changed since.
    pub unread: bool,
    /// Whether an answer was begun.
    pub draft: bool,
    /// When.
    pub opened: Moment,
}

/// `GET /agent/split`: two tickets beside each other.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Split {
    /// The number of the first.
    pub left: String,
    /// The number of the second; empty while one is to be chosen.
    #[serde(default)]
    pub right: String,
    /// Tickets that can be put beside the first: those opened last.
    #[serde(default)]
    pub choices: Vec<Opened>,
}
