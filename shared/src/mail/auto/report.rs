//! Bounces, complaints and receipts: what they say about which of our mails.

use super::{AutoClass, header_text, report_type};
use crate::mail::address::{normalize, tidy};
use mail_parser::{HeaderName, Message, MessageParser, MessagePart, PartType};
use serde::{Deserialize, Serialize};

/// Bytes of a report part that are read.
const REPORT_BYTES_MAX: usize = 64 * 1024;
/// Failed recipients kept of one bounce.
const RECIPIENTS_MAX: usize = 50;

/// A mail of ours that did not arrive (RFC 3464).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bounce {
    /// The address will not accept mail (status 5.x.x): stop sending to it. Otherwise it may recover.
    pub hard: bool,
    /// The addresses that failed, normalised.
    pub recipients: Vec<String>,
    /// Enhanced status code (RFC 3463), such as `5.1.1`.
    pub status: Option<String>,
    /// The other server's words, one line.
    pub diagnostic: Option<String>,
    /// Message-ID of the mail that bounced, without brackets.
    pub original_message_id: Option<String>,
}

/// Somebody reported a mail of ours as abuse.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Feedback {
    /// Such as `abuse` or `fraud`, lower case.
    pub kind: String,
    /// Who reported, if told.
    pub recipient: Option<String>,
    /// Message-ID of the mail in question.
    pub original_message_id: Option<String>,
}

/// A report in parts: `multipart/report` (RFC 6522). A report that is attached to a mail is what a person writes about. That a mail
/// did not arrive says only a `machine`: a mail system, or somebody whom nobody can answer.
pub(super) fn of_multipart(message: &Message<'_>, machine: bool) -> Option<AutoClass> {
    let stated = report_type(message)?;
    let part = |subtype: &str| message.parts.iter().find(|part| is_type(part, "message", subtype));
    if let Some(status) = part("delivery-status").or_else(|| part("global-delivery-status")) {
        return machine.then(|| delivery(message, &text_of(status)));
    }
    if let Some(feedback) = part("feedback-report") {
        let fields = fields(&text_of(feedback));
        let get = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        return Some(AutoClass::Feedback(Feedback {
            kind: tidy(&get("feedback-type").unwrap_or_default(), 50).to_lowercase(),
            recipient: get("original-rcpt-to").or_else(|| get("final-recipient")).and_then(|text| recipient(&text)),
            original_message_id: original_id(message),
        }));
    }
    match stated.as_str() {
        "delivery-status" => machine.then(|| delivery(message, "")),
        "feedback-report" => Some(AutoClass::Feedback(Feedback::default())),
        "disposition-notification" => Some(AutoClass::Receipt),
        _ => part("disposition-notification").map(|_| AutoClass::Receipt),
    }
}

fn delivery(message: &Message<'_>, report: &str) -> AutoClass {
    let fields = fields(report);
    let all = |name: &'static str| fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str());
    let actions: Vec<String> = all("action").map(|value| first_word(value).to_ascii_lowercase()).collect();
    let arrived = |action: &String| matches!(action.as_str(), "delivered" | "relayed" | "expanded");
    if !actions.is_empty() && actions.iter().all(arrived) {
        return AutoClass::Receipt;
    }
    let mut recipients: Vec<String> = all("final-recipient").chain(all("original-recipient")).filter_map(recipient).collect();
    recipients.sort();
    recipients.dedup();
    recipients.truncate(RECIPIENTS_MAX);
    let status = all("status")
        .filter_map(status_code)
        .find(|status| !status.starts_with('2'))
        .or_else(|| all("diagnostic-code").find_map(status_code));
    let failed = actions.is_empty() || actions.iter().any(|action| action == "failed");
    AutoClass::Bounce(Bounce {
        hard: failed && status.as_deref().is_some_and(|status| status.starts_with('5')),
        recipients,
        status,
        diagnostic: all("diagnostic-code").next().map(|words| tidy(words, 300)),
        original_message_id: original_id(message),
    })
}

/// `X-Failed-Recipients`, as Exim and Google write it.
pub(super) fn of_failed_recipients(message: &Message<'_>) -> Option<AutoClass> {
    let (_, value) = message.headers_raw().find(|(name, _)| name.eq_ignore_ascii_case("x-failed-recipients"))?;
    let recipients = value.split(',').filter_map(normalize).take(RECIPIENTS_MAX).collect();
    Some(unstructured(message, recipients))
}

/// A mail from a mail system's own address. `postmaster` may be a person, unless nobody wants an answer.
pub(super) fn of_daemon(message: &Message<'_>, local: &str, null_sender: bool) -> Option<AutoClass> {
    let daemon = matches!(local, "mailer-daemon" | "mail-daemon" | "mailerdaemon");
    (daemon || local == "postmaster" && null_sender).then(|| unstructured(message, Vec::new()))
}

/// A bounce in words. Hard only if the words carry a permanent status.
fn unstructured(message: &Message<'_>, recipients: Vec<String>) -> AutoClass {
    let text = message.parts.iter().find(|part| part.is_text()).map(text_of).unwrap_or_default();
    let status = status_code(&text);
    AutoClass::Bounce(Bounce {
        hard: status.as_deref().is_some_and(|status| status.starts_with('5')),
        recipients,
        status,
        diagnostic: None,
        original_message_id: original_id(message),
    })
}

fn is_type(part: &MessagePart<'_>, kind: &str, subtype: &str) -> bool {
    mail_parser::MimeHeaders::is_content_type(part, kind, subtype)
}

fn text_of(part: &MessagePart<'_>) -> String {
    let bytes = part.contents();
    String::from_utf8_lossy(bytes.get(..bytes.len().min(REPORT_BYTES_MAX)).unwrap_or_default()).into_owned()
}

/// `Name: value` lines with their folds, names in lower case.
fn fields(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines().take(2_000) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = found.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            found.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    found
}

fn first_word(text: &str) -> &str {
    text.split([' ', '\t', '(', ';']).next().unwrap_or_default()
}

/// `rfc822; a@b` -> `a@b`.
fn recipient(value: &str) -> Option<String> {
    normalize(value.rsplit(';').next().unwrap_or_default())
}

/// The first `d.d{1,3}.d{1,3}` with d of 2, 4 or 5, on its own in the text.
fn status_code(text: &str) -> Option<String> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map(|word| word.trim_matches('.'))
        .find(|word| {
            let mut pieces = word.split('.');
            let small = |piece: Option<&str>| piece.is_some_and(|piece| (1..=3).contains(&piece.len()));
            pieces.next().is_some_and(|class| matches!(class, "2" | "4" | "5"))
                && small(pieces.next())
                && small(pieces.next())
                && pieces.next().is_none()
        })
        .map(str::to_owned)
}

/// The Message-ID of the mail that a report is about: from the copy, or the copied header.
fn original_id(message: &Message<'_>) -> Option<String> {
    message.parts.iter().skip(1).find_map(|part| match &part.body {
        PartType::Message(nested) => header_text(nested, HeaderName::MessageId),
        _ if is_type(part, "text", "rfc822-headers") || is_type(part, "message", "rfc822") => {
            let text = text_of(part);
            let headers = MessageParser::default().parse_headers(text.as_bytes())?;
            header_text(&headers, HeaderName::MessageId)
        }
        _ => None,
    })
}
