//! Missed promises.

use serde::Serialize;

use super::{Choice, Moment, Person, Span};

/// `GET /agent/sla/violations`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Violations {
    /// The filters as they stand.
    pub filter: Filter,
    /// One page, the latest first.
    pub rows: Vec<Row>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Address of the list without filters, where some are set.
    #[serde(default)]
    pub clear: Option<String>,
    /// Agents, with the wanted one selected.
    pub agents: Vec<Choice>,
    /// Policies, likewise; the standard one is not among them.
    pub policies: Vec<Choice>,
}

/// The filter form's values; empty text means any.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Filter {
    /// Stable name of a promise.
    #[serde(default)]
    pub clock: String,
    /// Policy's id, or `standard`.
    #[serde(default)]
    pub policy: String,
    /// First day, `2026-03-02`, in the reader's zone.
    #[serde(default)]
    pub from: String,
    /// Last day.
    #[serde(default)]
    pub to: String,
    /// How many are set.
    #[serde(default)]
    pub active: i64,
}

/// One missed promise.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Row {
    /// Ticket's number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Whether the ticket is deleted: then its page is open to some only.
    #[serde(default)]
    pub deleted: bool,
    /// Stable name of the ticket's priority then.
    pub priority: String,
    /// `first_response`, `next_response`, `resolution`.
    pub clock: String,
    /// The moment that was missed.
    pub due: Moment,
    /// By how much it was missed so far; none where that is not known.
    #[serde(default)]
    pub over: Option<Span>,
    /// Whether that is business time (else time around the clock).
    pub business: bool,
    /// `open`, `late`, `ended`, `moved`.
    pub state: String,
    /// Who had the ticket then.
    #[serde(default)]
    pub assignee: Option<Person>,
    /// Name of the policy that promised it; none where it is gone.
    #[serde(default)]
    pub policy: Option<String>,
    /// Whether the promise was the standard one, of a tenant without policies.
    #[serde(default)]
    pub standard: bool,
}
