//! Raw bytes of a mail -> what the product knows about it.
//!
//! Limits come first: [`guard`] counts fields and containers before the MIME parser builds anything, so
//! that a hostile mail costs one pass over its bytes. Whatever passes becomes an [`InboundMail`] or a
//! [`Reason`]. Nothing is thrown away silently: parts that are no body are kept as attachments, and the
//! caller keeps the raw bytes.

mod attachment;
mod authentication;
mod guard;
mod language;

pub use attachment::{Attachment, AttachmentKind};
pub use authentication::{Authentication, Verdict};

use crate::i18n::Locale;
use crate::mail::address::{normalize, tidy};
use crate::mail::auto::{self, AutoClass};
use crate::mail::{Mailbox, Reason, limits, sanitize};
use chrono::{DateTime, Utc};
use mail_parser::{Address, HeaderName, HeaderValue, Message, MessageParser, PartType};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// What the mail server said about the delivery (RFC 5321), as opposed to what the mail says of itself.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// MAIL FROM; empty for a bounce; `None` if not known.
    pub from: Option<String>,
    /// RCPT TO.
    pub to: Vec<String>,
}

/// A mail that was understood.
#[derive(Debug, Clone)]
pub struct InboundMail {
    /// Message-ID without brackets; made by [`synthesised_id`] where the mail has none.
    pub message_id: String,
    /// Whether the id is ours, because the mail had none.
    pub message_id_was_made: bool,
    /// SHA-256 in hex of sender, date, subject and text. The same mail through two mailboxes has the same
    /// value; two mails that share a Message-ID by a client's fault have not.
    pub content_hash: String,
    /// From, or else Sender, or else the envelope's sender.
    pub from: Mailbox,
    /// Sender, if given.
    pub sender: Option<Mailbox>,
    /// Reply-To.
    pub reply_to: Vec<Mailbox>,
    /// To.
    pub to: Vec<Mailbox>,
    /// Cc.
    pub cc: Vec<Mailbox>,
    /// Normalised envelope recipients.
    pub recipients: Vec<String>,
    /// One line, may be empty.
    pub subject: String,
    /// The Date field.
    pub date: Option<DateTime<Utc>>,
    /// In-Reply-To.
    pub in_reply_to: Vec<String>,
    /// References; of a long list the first (the root) and the latest.
    pub references: Vec<String>,
    /// Plain text: the text parts, or else the HTML as text, with a mark where a picture stands ([`super::inline`]).
    pub text: String,
    /// HTML parts as they came: untrusted, see [`super::sanitize`].
    pub html: Option<String>,
    /// Whether a body was cut to its limit.
    pub truncated: bool,
    /// Files, at most [`limits::ATTACHMENTS_MAX`].
    pub attachments: Vec<Attachment>,
    /// Whether a machine wrote it.
    pub auto: AutoClass,
    /// SPF, DKIM and DMARC as the trusted server saw them.
    pub authentication: Authentication,
    /// The language of the text, if it looks like one of ours.
    pub language: Option<Locale>,
}

impl InboundMail {
    /// Whether the From domain is vouched for: DMARC passed, or SPF or DKIM passed for that domain.
    pub fn sender_is_authenticated(&self) -> bool {
        self.authentication.vouches_for(self.from.domain())
    }

    /// The `cid:` addresses of its parts by their Content-IDs, for [`sanitize::mail_html`].
    pub fn addresses(&self) -> HashMap<String, String> {
        self.attachments.iter().filter_map(|file| file.content_id.clone()).map(attachment::address).collect()
    }

    /// Whether the sender's own domain says that it did not send this (DMARC failed).
    pub fn is_forged(&self) -> bool {
        self.authentication.dmarc == Verdict::Fail
    }
}

/// Parses a mail. `trusted_authserv` names the servers whose Authentication-Results are believed
/// (RFC 8601, 5): the last hop before us, never a list that a sender can choose from.
pub fn parse(raw: &[u8], envelope: &Envelope, trusted_authserv: &[&str]) -> Result<InboundMail, Reason> {
    if raw.len() > limits::INBOUND_BYTES_MAX {
        return Err(Reason::TooLarge);
    }
    guard::check(raw)?;
    let message = MessageParser::default().parse(raw).ok_or(Reason::Unparseable)?;
    if message.parts.len() > limits::PARTS_MAX {
        return Err(Reason::TooComplex);
    }
    let from = sender(&message, envelope).ok_or(Reason::NoSender)?;
    let auto = auto::classify(&message, envelope, &from.address);
    let authentication = authentication::read(&message, trusted_authserv);
    let subject = tidy(message.subject().unwrap_or_default(), limits::SUBJECT_CHARS_MAX);
    let bodies = bodies(&message);
    let language = language::guess(&message, &subject, &bodies.text);
    let date = message.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0));
    let declared_id = message.message_id().and_then(clean_id);
    let content_hash = content_hash(&from.address, date, &subject, &bodies.text);
    let mail = InboundMail {
        message_id_was_made: declared_id.is_none(),
        message_id: declared_id.unwrap_or_else(|| synthesised_id(&from.address, raw)),
        content_hash,
        sender: first_mailbox(message.sender()),
        reply_to: mailboxes(message.reply_to()),
        to: message.all_to().flat_map(|list| mailboxes(Some(list))).take(limits::ADDRESSES_MAX).collect(),
        cc: message.all_cc().flat_map(|list| mailboxes(Some(list))).take(limits::ADDRESSES_MAX).collect(),
        recipients: envelope.to.iter().filter_map(|address| normalize(address)).take(limits::ADDRESSES_MAX).collect(),
        subject,
        date,
        in_reply_to: ids(&message, &HeaderName::InReplyTo),
        references: ids(&message, &HeaderName::References),
        text: bodies.text,
        html: bodies.html,
        truncated: bodies.truncated,
        attachments: attachment::collect(message),
        auto,
        authentication,
        language,
        from,
    };
    if mail.subject.is_empty() && mail.text.trim().is_empty() && mail.attachments.is_empty() {
        return Err(Reason::Empty);
    }
    Ok(mail)
}

/// The Message-ID of a mail that has none: the same bytes from the same sender give the same id, so a
/// second delivery is still recognised.
pub fn synthesised_id(from: &str, raw: &[u8]) -> String {
    let digest = Sha256::new().chain_update(from).chain_update([0]).chain_update(raw).finalize();
    format!("{}@no-message-id.invalid", hex(&digest))
}

fn content_hash(from: &str, date: Option<DateTime<Utc>>, subject: &str, text: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(from);
    digest.update([0]);
    digest.update(date.map_or(i64::MIN, |date| date.timestamp()).to_be_bytes());
    digest.update(subject);
    digest.update([0]);
    digest.update(text);
    hex(&digest.finalize())
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn sender(message: &Message<'_>, envelope: &Envelope) -> Option<Mailbox> {
    mailboxes(message.from())
        .into_iter()
        .next()
        .or_else(|| first_mailbox(message.sender()))
        .or_else(|| Mailbox::new(None, envelope.from.as_deref()?))
}

fn first_mailbox(list: Option<&Address<'_>>) -> Option<Mailbox> {
    mailboxes(list).into_iter().next()
}

fn mailboxes(list: Option<&Address<'_>>) -> Vec<Mailbox> {
    list.into_iter()
        .flat_map(Address::iter)
        .take(limits::ADDRESSES_MAX)
        .filter_map(|entry| Mailbox::new(entry.name(), entry.address()?))
        .collect()
}

/// An id in the form that is stored and compared: no brackets, blanks or control characters.
fn clean_id(id: &str) -> Option<String> {
    let id: String = id.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>')).collect();
    (!id.is_empty() && id.len() <= limits::MESSAGE_ID_BYTES_MAX).then_some(id)
}

/// The ids of every field of this name, without repetition, bounded: the root stays, then the latest.
fn ids(message: &Message<'_>, name: &HeaderName<'static>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let values = message.headers().iter().filter(|header| header.name == *name).map(|header| &header.value);
    for value in values {
        let texts: Vec<&str> = match value {
            HeaderValue::Text(text) => vec![text.as_ref()],
            HeaderValue::TextList(list) => list.iter().map(AsRef::as_ref).collect(),
            _ => Vec::new(),
        };
        found.extend(texts.into_iter().filter_map(clean_id));
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|id| seen.insert(id.clone()));
    let surplus = found.len().saturating_sub(limits::REFERENCES_MAX);
    if surplus > 0 {
        found.drain(1..=surplus);
    }
    found
}

struct Bodies {
    text: String,
    html: Option<String>,
    truncated: bool,
}

fn bodies(message: &Message<'_>) -> Bodies {
    let part = |id: &u32| usize::try_from(*id).ok().and_then(|id| message.parts.get(id));
    let mut truncated = false;
    let mut html = String::new();
    for body in message.html_body.iter().filter_map(part) {
        if let PartType::Html(content) = &body.body {
            truncated |= append(&mut html, content, limits::HTML_BYTES_MAX);
        }
    }
    let mut text = String::new();
    for body in message.text_body.iter().filter_map(part) {
        truncated |= match &body.body {
            PartType::Text(content) => append(&mut text, content, limits::TEXT_BYTES_MAX),
            PartType::Html(content) => {
                let cut = cut(content, limits::HTML_BYTES_MAX);
                let shown = in_words(message, cut);
                append(&mut text, &shown, limits::TEXT_BYTES_MAX) || cut.len() < content.len()
            }
            _ => false,
        };
    }
    if text.trim().is_empty() && !html.is_empty() {
        text.clear();
        truncated |= append(&mut text, &in_words(message, &html), limits::TEXT_BYTES_MAX);
    }
    Bodies { text, html: (!html.trim().is_empty()).then_some(html), truncated }
}

/// HTML as text, with marks where it shows parts of the mail.
fn in_words(message: &Message<'_>, html: &str) -> String {
    let addresses = if html.contains("cid:") { attachment::addresses(message) } else { HashMap::new() };
    if addresses.is_empty() {
        return sanitize::html_to_text(html);
    }
    sanitize::html_to_text(&sanitize::mark_pictures(&sanitize::mail_html(html, &addresses)))
}

/// Appends without NUL and with plain line ends; tells whether something was left out.
fn append(out: &mut String, content: &str, bytes_max: usize) -> bool {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    let mut rest = content.chars().peekable();
    while let Some(c) = rest.next() {
        let c = match c {
            '\r' if rest.peek() == Some(&'\n') => continue,
            '\r' => '\n',
            '\0' => continue,
            other => other,
        };
        if out.len() + c.len_utf8() > bytes_max {
            return true;
        }
        out.push(c);
    }
    false
}

/// The longest prefix of at most `bytes_max` bytes that ends at a character.
fn cut(text: &str, bytes_max: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes_max)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
