//! Whether a machine wrote the mail, and what kind of machine.
//!
//! The product never answers a machine automatically and lets no machine reopen a ticket: two robots that
//! thank each other fill a mailbox in a night. When in doubt a mail counts as automatic: it is still stored
//! and attached, only the automatic answer is missing.

mod report;

pub use report::{Bounce, Feedback};

use crate::mail::parse::Envelope;
use mail_parser::{HeaderName, HeaderValue, Message, MimeHeaders};
use serde::{Deserialize, Serialize};

/// Who wrote a mail.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AutoClass {
    /// A person, as far as anybody can tell.
    #[default]
    None,
    /// A program that has something of its own to say: monitoring, an ERP system. May open a ticket.
    Generated,
    /// An automatic answer: out of office, "we have received your mail".
    AutoReply,
    /// A mailing list or a mailing.
    Bulk,
    /// A mail of ours did not arrive.
    Bounce(Bounce),
    /// A complaint about a mail of ours (RFC 5965).
    Feedback(Feedback),
    /// A receipt: read (RFC 8098) or delivered.
    Receipt,
}

impl AutoClass {
    /// Whether a program wrote it: no automatic answer, no reopening.
    pub fn is_automatic(&self) -> bool {
        *self != Self::None
    }
}

/// Classifies a parsed mail. `from` is the normalised sender.
pub(crate) fn classify(message: &Message<'_>, envelope: &Envelope, from: &str) -> AutoClass {
    let local = from.split('@').next().unwrap_or_default();
    let null_sender = has_null_sender(message, envelope);
    report::of_multipart(message, null_sender || is_robot(local))
        .or_else(|| report::of_failed_recipients(message))
        .or_else(|| report::of_daemon(message, local, null_sender))
        .or_else(|| by_fields(message))
        .or_else(|| (null_sender || is_robot(local)).then_some(AutoClass::AutoReply))
        .unwrap_or_default()
}

/// An empty MAIL FROM or Return-Path: nobody wants an answer (RFC 5321, 4.5.5).
fn has_null_sender(message: &Message<'_>, envelope: &Envelope) -> bool {
    let stated = message
        .headers_raw()
        .find(|(name, _)| name.eq_ignore_ascii_case("return-path"))
        .is_some_and(|(_, value)| value.trim() == "<>");
    stated || envelope.from.as_deref().is_some_and(|from| from.trim().is_empty() || from.trim() == "<>")
}

fn is_robot(local: &str) -> bool {
    matches!(local, "mailer-daemon" | "postmaster" | "mail-daemon" | "mailerdaemon")
}

/// The fields by which programs mark their mail.
fn by_fields(message: &Message<'_>) -> Option<AutoClass> {
    let field = |name: &str| {
        message
            .headers_raw()
            .find(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let first_word = |value: &str| value.split([';', ' ', '\t', '(']).next().unwrap_or_default().to_owned();

    let submitted = field("Auto-Submitted").map(|value| first_word(&value)).filter(|value| !value.is_empty() && value != "no");
    if submitted.as_deref().is_some_and(|value| value != "auto-generated") {
        return Some(AutoClass::AutoReply);
    }
    let precedence = field("Precedence").map(|value| first_word(&value)).unwrap_or_default();
    if matches!(precedence.as_str(), "auto_reply" | "auto-reply")
        || ["X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply"]
            .iter()
            .filter_map(|name| field(name))
            .any(|value| value != "no")
        || field("X-Loop").is_some()
        || field("X-POST-MessageClass").is_some_and(|value| value.contains("autoresponder"))
    {
        return Some(AutoClass::AutoReply);
    }
    if matches!(precedence.as_str(), "bulk" | "list" | "junk")
        || field("List-Id").is_some()
        || field("List-Unsubscribe").is_some()
    {
        return Some(AutoClass::Bulk);
    }
    let suppressed =
        field("X-Auto-Response-Suppress").is_some_and(|value| value.split(',').any(|word| !matches!(word.trim(), "" | "none")));
    (submitted.is_some() || suppressed).then_some(AutoClass::Generated)
}

/// The text of one header of a message that may be nested.
fn header_text(message: &Message<'_>, name: HeaderName<'static>) -> Option<String> {
    match message.header(name)? {
        HeaderValue::Text(text) => Some(text.to_string()),
        HeaderValue::TextList(list) => list.first().map(ToString::to_string),
        _ => None,
    }
}

/// The report type of a `multipart/report` (RFC 6522), in lower case.
fn report_type(message: &Message<'_>) -> Option<String> {
    let root = message.parts.first()?;
    let content_type = root.content_type()?;
    (content_type.ctype().eq_ignore_ascii_case("multipart")
        && content_type.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report")))
    .then(|| content_type.attribute("report-type").unwrap_or_default().to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
