//! Panels beside a ticket that are asked for when they are opened.

use serde::Serialize;

use super::ticket::Like;
use super::{Moment, Person};

/// `GET /agent/tickets/{number}/similar`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct SimilarTickets {
    /// The ticket's number.
    pub number: String,
    /// Those like it, the most alike first.
    pub tickets: Vec<Like>,
}

/// `GET /agent/tickets/{number}/requester`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RequesterPanel {
    /// The ticket's number.
    pub number: String,
    /// Who asked.
    pub person: Person,
    /// Company.
    #[serde(default)]
    pub organization: Option<String>,
    /// Its kind of contract; empty without a company.
    #[serde(default)]
    pub customer_type: String,
    /// The language that was chosen, by its own name.
    #[serde(default)]
    pub language: Option<String>,
    /// The time zone that was chosen.
    #[serde(default)]
    pub zone: Option<String>,
    /// The time of day there.
    #[serde(default)]
    pub local_time: Option<String>,
    /// Whether they sign in; otherwise they are known from mails or forms alone.
    pub signs_in: bool,
    /// Whether mail to them came back.
    pub mail_blocked: bool,
    /// Since when they are known.
    pub since: Moment,
    /// Unfinished tickets, of the latest 500.
    pub open: i64,
    /// Finished ones.
    pub finished: i64,
}
