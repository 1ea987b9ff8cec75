//! An agent's own time: what they put off, and what they want to be reminded of.

use serde::Serialize;

use super::ticket::LaterChoice;
use super::{Form, Moment};

/// `GET /agent/tickets/{number}/later`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Later {
    /// `ACME-1042`
    pub number: String,
    /// Title.
    pub title: String,
    /// Whether the reader may put it off: it is theirs, and unfinished.
    pub may_snooze: bool,
    /// Whether it is put off.
    pub snoozed: bool,
    /// Until which moment; none while the client's answer is waited for.
    #[serde(default)]
    pub until: Option<Moment>,
    /// Moments that have a name.
    pub presets: Vec<LaterChoice>,
    /// The form that puts it off: `when_at`.
    pub snooze: Form,
    /// The form of a reminder: `text`, `when_at`.
    pub form: Form,
    /// The reader's reminders of this ticket.
    pub reminders: Vec<Reminder>,
}

/// `GET /agent/reminders`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Reminders {
    /// A page of them, the next first.
    pub reminders: Vec<Reminder>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Moments that have a name.
    pub presets: Vec<LaterChoice>,
    /// The form of a new one: `text`, `when_at`.
    pub form: Form,
}

/// A reminder of the reader.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Reminder {
    /// `rem_...`
    pub id: String,
    /// What they wrote.
    pub text: String,
    /// When.
    pub due: Moment,
    /// Whether it was told.
    pub rung: bool,
    /// The ticket's number; none where it is about none, or one that the reader does not see.
    #[serde(default)]
    pub number: Option<String>,
    /// Whether it is about a ticket that the reader does not see.
    #[serde(default)]
    pub unseen: bool,
    /// Its title.
    #[serde(default)]
    pub title: Option<String>,
    /// Moments at which it can come again; the same for all.
    #[serde(default)]
    pub presets: Vec<LaterChoice>,
    /// Where to go on afterwards: the ticket's number, or nothing for the list.
    #[serde(default)]
    pub back: String,
    /// The form of another moment: `when_at`.
    #[serde(default)]
    pub form: Form,
}
