//! Time that was spent: the panel of a ticket, the list, the form of one entry.

use serde::Serialize;

use super::{Choice, Form, Moment};

/// `GET /agent/tickets/{number}/time`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct TicketTime {
    /// `ACME-1042`
    pub number: String,
    /// Title.
    pub title: String,
    /// Whether the reader may write time down.
    pub may_write: bool,
    /// The reader's timer, if one runs on this ticket: since when.
    #[serde(default)]
    pub running: Option<Moment>,
    /// The ticket on which another one runs.
    #[serde(default)]
    pub elsewhere: Option<String>,
    /// Today, where the reader is.
    pub today: String,
    /// The form of a new entry: `minutes`, `day`, `note`, `billable`.
    pub form: Form,
    /// The sum of the ticket.
    pub sum: Sum,
    /// Its latest entries.
    pub entries: Vec<Entry>,
}

/// `GET /agent/time`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct TimeList {
    /// A page of entries, newest day first.
    pub entries: Vec<Entry>,
    /// The sum of the whole list.
    pub sum: Sum,
    /// The filters as they stand.
    pub filter: Filter,
    /// People to choose from; none where the reader sees only their own time.
    pub people: Vec<Choice>,
    /// Companies to choose from.
    pub organizations: Vec<Choice>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Address without filters, where there are any.
    #[serde(default)]
    pub clear: Option<String>,
    /// Address of the same list as a table.
    pub csv: String,
}

/// The filter form's values; empty text means any.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Filter {
    /// First day.
    #[serde(default)]
    pub from: String,
    /// Last day.
    #[serde(default)]
    pub to: String,
    /// `true`, `false`.
    #[serde(default)]
    pub billable: String,
    /// How many are set.
    pub active: i64,
}

/// `GET /agent/time/{entry}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct TimeEdit {
    /// What stands.
    pub entry: Entry,
    /// What was typed, or stands: `minutes`, `day`, `note`, `billable`.
    pub form: Form,
    /// The version that the form is based on.
    pub version: i64,
    /// Today, where the reader is.
    pub today: String,
}

/// A sum of minutes.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Sum {
    /// Whole hours.
    pub hours: i64,
    /// The minutes beside them.
    pub minutes: i64,
    /// Whole hours that somebody pays for.
    pub billable_hours: i64,
    /// The minutes beside them.
    pub billable_minutes: i64,
    /// Whether there is more than was summed.
    pub more: bool,
}

/// An entry.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Entry {
    /// `tim_...`
    pub id: String,
    /// Whose time.
    pub who: String,
    /// `ACME-1042`; none for a ticket that the reader does not see.
    #[serde(default)]
    pub number: Option<String>,
    /// The ticket's title; likewise.
    #[serde(default)]
    pub title: Option<String>,
    /// The company.
    #[serde(default)]
    pub organization: Option<String>,
    /// `2026-03-02`
    pub day: String,
    /// Whole hours.
    pub hours: i64,
    /// The minutes beside them.
    pub minutes: i64,
    /// What was done.
    pub note: String,
    /// Whether somebody pays for it.
    pub billable: bool,
    /// Whether the reader may change it.
    pub may_change: bool,
}
