//! The mail log and the mails that could not be processed.

use serde::Serialize;

use super::Moment;

/// `GET /agent/mail/log`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Log {
    /// `queued`, `sent`, `failed`, or empty for all.
    pub state: String,
    /// Words: an address or a ticket number.
    #[serde(default)]
    pub q: String,
    /// One page, newest first.
    pub rows: Vec<LogRow>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Address of the log without filters, where some are set.
    #[serde(default)]
    pub clear: Option<String>,
    /// Whether the person may retry.
    pub may_retry: bool,
}

/// One outgoing mail.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct LogRow {
    /// Id for `POST /agent/mail/log/{id}/retry`.
    pub id: String,
    /// Recipient's address.
    pub to: String,
    /// Whether it can be tried again: a code that was not sent is over.
    #[serde(default)]
    pub may_retry: bool,
    /// Subject.
    pub subject: String,
    /// Ticket's number, if it is about one.
    #[serde(default)]
    pub number: Option<String>,
    /// `queued`, `sent`, `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// Transport's answer or the reason of the failure.
    #[serde(default)]
    pub reason: String,
    /// When it was last touched.
    pub at: Moment,
}

/// `GET /agent/mail/unprocessed`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Unprocessed {
    /// One page, newest first.
    pub rows: Vec<UnprocessedRow>,
    /// Address of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// Address of the first page, where this is not it.
    #[serde(default)]
    pub first: Option<String>,
    /// Whether the person may retry and discard.
    pub may_decide: bool,
}

/// One mail that waits for a decision.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct UnprocessedRow {
    /// Id for the retry and discard forms.
    pub id: String,
    /// Sender as the mail claims.
    pub from: String,
    /// Mailbox it came to.
    pub to: String,
    /// Subject, empty if it has none.
    #[serde(default)]
    pub subject: String,
    /// Stable name of the reason, the Fluent message `mail-reason`'s `$reason`.
    pub reason: String,
    /// What exactly, in English, for people who read headers.
    #[serde(default)]
    pub detail: String,
    /// First lines as plain text.
    #[serde(default)]
    pub preview: String,
    /// Address of the raw mail.
    pub raw_url: String,
    /// When it came.
    pub at: Moment,
    /// How often it was tried.
    pub attempts: i64,
    /// Whether another try can come to another end.
    pub may_retry: bool,
}
