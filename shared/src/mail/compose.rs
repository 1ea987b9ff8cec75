//! Writes a mail (RFC 5322, MIME) from what the product wants to say.
//!
//! Nothing is read from the air: the moment, the ids and so the boundaries come in, and the same input gives
//! the same bytes, so that a retry sends the same mail. Names and subjects are cleaned, addresses and ids are
//! checked, so no text of a stranger can add a field.

use super::address::tidy;
use super::{Mailbox, limits};
use crate::i18n::Locale;
use chrono::{DateTime, Utc};
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;
use sha2::{Digest, Sha256};

/// Characters of a subject that we write: with its name it fits one line of 998.
const SUBJECT_CHARS_MAX: usize = 900;

/// Whether a person caused the mail (RFC 3834).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// An agent wrote it.
    Person,
    /// The product says something by itself.
    Generated,
    /// The product answers a mail by itself.
    Replied,
}

/// A file to send along.
#[derive(Debug, Clone)]
pub struct OutboundFile {
    /// File name.
    pub name: String,
    /// `type/subtype`.
    pub content_type: String,
    /// Bytes.
    pub content: Vec<u8>,
}

/// A mail to be written.
#[derive(Debug, Clone)]
pub struct OutboundMail {
    /// The tenant's mailbox with its display name.
    pub from: Mailbox,
    /// Recipients.
    pub to: Vec<Mailbox>,
    /// Copies.
    pub cc: Vec<Mailbox>,
    /// Where answers go: the mailbox with a token, see [`super::token::reply_address`].
    pub reply_to: Option<String>,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: Option<String>,
    /// Without brackets, see [`super::token::message_id`]. The boundaries are derived from it.
    pub message_id: String,
    /// The mail that this one answers.
    pub in_reply_to: Option<String>,
    /// The conversation so far, oldest first. Cut to [`limits::REFERENCES_MAX`].
    pub references: Vec<String>,
    /// The Date field.
    pub date: DateTime<Utc>,
    /// Language of the text.
    pub locale: Locale,
    /// Who caused it.
    pub origin: Origin,
    /// Files.
    pub files: Vec<OutboundFile>,
}

/// Why a mail cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// No recipient, or more than [`limits::RECIPIENTS_MAX`].
    #[error("the number of recipients is not between 1 and 50")]
    Recipients,
    /// An address or a Message-ID has characters that it may not have.
    #[error("an address or Message-ID is malformed")]
    Malformed,
    /// More than [`limits::OUTBOUND_BYTES_MAX`].
    #[error("the mail is larger than 5 MiB")]
    TooLarge,
}

/// Writes the mail.
pub fn compose(mail: &OutboundMail) -> Result<Vec<u8>, ComposeError> {
    if !(1..=limits::RECIPIENTS_MAX).contains(&(mail.to.len() + mail.cc.len())) {
        return Err(ComposeError::Recipients);
    }
    let content: usize = mail.files.iter().map(|file| file.content.len()).sum();
    if content + mail.text.len() + mail.html.as_ref().map_or(0, String::len) > limits::OUTBOUND_BYTES_MAX {
        return Err(ComposeError::TooLarge);
    }
    let mut builder = MessageBuilder::new()
        .header("MIME-Version", Raw::new("1.0"))
        .date(mail.date.timestamp())
        .message_id(MessageId::new(checked_id(&mail.message_id)?))
        .from(address(&mail.from)?)
        .to(list(&mail.to)?)
        .subject(tidy(&mail.subject, SUBJECT_CHARS_MAX));
    if !mail.cc.is_empty() {
        builder = builder.cc(list(&mail.cc)?);
    }
    if let Some(reply_to) = &mail.reply_to {
        builder = builder.reply_to(address(&Mailbox { name: mail.from.name.clone(), address: reply_to.clone() })?);
    }
    if let Some(answered) = &mail.in_reply_to {
        builder = builder.in_reply_to(MessageId::new(checked_id(answered)?));
    }
    let references = references(mail);
    if !references.is_empty() {
        builder = builder.references(MessageId::new_list(references.into_iter()));
    }
    builder = builder.header("Content-Language", Raw::new(mail.locale.as_str()));
    builder = match mail.origin {
        Origin::Person => builder.header("X-Auto-Response-Suppress", Raw::new("OOF, AutoReply")),
        Origin::Generated => automatic(builder, "auto-generated"),
        Origin::Replied => automatic(builder, "auto-replied"),
    };
    let bytes = builder.body(body(mail)).write_to_vec().map_err(|_| ComposeError::Malformed)?;
    if bytes.len() > limits::OUTBOUND_BYTES_MAX { Err(ComposeError::TooLarge) } else { Ok(bytes) }
}

fn automatic<'x>(builder: MessageBuilder<'x>, kind: &'x str) -> MessageBuilder<'x> {
    builder.header("Auto-Submitted", Raw::new(kind)).header("X-Auto-Response-Suppress", Raw::new("All"))
}

fn list(mailboxes: &[Mailbox]) -> Result<Address<'_>, ComposeError> {
    Ok(Address::new_list(mailboxes.iter().map(address).collect::<Result<_, _>>()?))
}

/// A checked address; a domain with other letters is written in its ASCII form (RFC 5890).
fn address(mailbox: &Mailbox) -> Result<Address<'static>, ComposeError> {
    let normal = super::address::normalize(&mailbox.address).ok_or(ComposeError::Malformed)?;
    let (local, domain) = normal.rsplit_once('@').ok_or(ComposeError::Malformed)?;
    let ascii = if domain.is_ascii() {
        domain.to_owned()
    } else {
        url::Host::parse(domain).map_err(|_| ComposeError::Malformed)?.to_string()
    };
    let name = mailbox.name.as_deref().map(|name| tidy(name, limits::NAME_CHARS_MAX)).filter(|name| !name.is_empty());
    Ok(Address::new_address(name, format!("{local}@{ascii}")))
}

fn checked_id(id: &str) -> Result<String, ComposeError> {
    let shaped =
        !id.is_empty() && id.len() <= 900 && id.chars().all(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>'));
    if shaped { Ok(id.to_owned()) } else { Err(ComposeError::Malformed) }
}

/// The references, then what is answered; malformed ones are left out, of too many the root and the latest stay.
fn references(mail: &OutboundMail) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in mail.references.iter().chain(&mail.in_reply_to) {
        if let Ok(id) = checked_id(id)
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    let surplus = ids.len().saturating_sub(limits::REFERENCES_MAX);
    if surplus > 0 {
        ids.drain(1..=surplus);
    }
    ids
}

fn body(mail: &OutboundMail) -> MimePart<'_> {
    let text = MimePart::new("text/plain", mail.text.as_str());
    let words = match &mail.html {
        Some(html) => multipart("alternative", mail, vec![text, MimePart::new("text/html", html.as_str())]),
        None => text,
    };
    if mail.files.is_empty() {
        return words;
    }
    let mut parts = vec![words];
    parts.extend(mail.files.iter().map(|file| {
        let name = tidy(&file.name, limits::NAME_CHARS_MAX).replace(['/', '\\', '"'], "_");
        let name = if name.is_empty() { "file".to_owned() } else { name };
        MimePart::new(safe_type(&file.content_type), file.content.as_slice()).attachment(name)
    }));
    multipart("mixed", mail, parts)
}

/// A type that a mail may carry as a file; anything odd is bytes.
fn safe_type(stated: &str) -> String {
    let good = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+-_".contains(&byte));
    match stated.split_once('/') {
        Some((kind, subtype)) if good(kind) && good(subtype) && !matches!(kind, "multipart" | "message" | "text") => {
            stated.to_owned()
        }
        _ => "application/octet-stream".to_owned(),
    }
}

fn multipart<'x>(subtype: &str, mail: &'x OutboundMail, parts: Vec<MimePart<'x>>) -> MimePart<'x> {
    let content_type = ContentType::new(format!("multipart/{subtype}")).attribute("boundary", boundary(subtype, mail));
    MimePart::new(content_type, parts)
}

/// A boundary from the Message-ID that stands in no part. `=_` cannot occur in an encoded part.
fn boundary(purpose: &str, mail: &OutboundMail) -> String {
    let mut seed = Sha256::new().chain_update(purpose).chain_update(&mail.message_id).finalize();
    loop {
        let hex = seed.iter().take(12).fold(String::new(), |mut out, byte| {
            use std::fmt::Write;
            let _ = write!(out, "{byte:02x}");
            out
        });
        let boundary = format!("=_{hex}");
        if !mail.text.contains(&boundary) && !mail.html.as_deref().unwrap_or_default().contains(&boundary) {
            return boundary;
        }
        seed = Sha256::digest(seed);
    }
}

#[cfg(test)]
mod tests;
