//! The parts of a mail that are files.

use crate::mail::address::tidy;
use crate::mail::limits;
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};
use std::collections::HashMap;

/// What kind of file a part is, for those that need more than a download link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachmentKind {
    /// An ordinary file.
    File,
    /// A part that the HTML body shows by its Content-ID.
    Inline,
    /// A nested message (`message/rfc822`), kept whole.
    Message,
    /// A calendar invitation.
    Calendar,
    /// `winmail.dat` (TNEF): kept as it is.
    Tnef,
    /// An S/MIME or PGP signature or an encrypted body.
    Cryptographic,
    /// A machine-readable part of a report.
    Report,
}

/// A file of a mail. Its type is the sender's claim: look at the bytes before trusting it.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// A bare file name, never empty, without path or control characters.
    pub name: String,
    /// `type/subtype` in lower case.
    pub content_type: String,
    /// Content-ID without brackets.
    pub content_id: Option<String>,
    /// What it is for.
    pub kind: AttachmentKind,
    /// The decoded bytes.
    pub content: Vec<u8>,
}

/// Takes the files out of a message, at most [`limits::ATTACHMENTS_MAX`].
pub(super) fn collect(message: Message<'_>) -> Vec<Attachment> {
    let html_has_images = !message.html_body.is_empty();
    let Message { attachments, parts, raw_message, .. } = message;
    let mut parts: Vec<Option<MessagePart<'_>>> = parts.into_iter().map(Some).collect();
    attachments
        .iter()
        .filter_map(|id| parts.get_mut(usize::try_from(*id).ok()?)?.take())
        .take(limits::ATTACHMENTS_MAX)
        .enumerate()
        .map(|(index, part)| take(index, part, &raw_message, html_has_images))
        .collect()
}

/// A part's Content-ID without brackets.
fn content_id(part: &MessagePart<'_>) -> Option<String> {
    part.content_id().map(|id| tidy(id.trim_matches(['<', '>']), 500)).filter(|id| !id.is_empty())
}

/// The `cid:` addresses of the parts that HTML may show, by their Content-IDs, as [`crate::mail::sanitize::mail_html`] takes them.
pub(super) fn addresses(message: &Message<'_>) -> HashMap<String, String> {
    let part = |id: &u32| message.parts.get(usize::try_from(*id).ok()?);
    message.attachments.iter().take(limits::ATTACHMENTS_MAX).filter_map(part).filter_map(content_id).map(address).collect()
}

/// A Content-ID with its address.
pub(super) fn address(id: String) -> (String, String) {
    let address = format!("cid:{id}");
    (id, address)
}

fn take(index: usize, part: MessagePart<'_>, raw: &[u8], html: bool) -> Attachment {
    let content_type = content_type(&part);
    let content_id = content_id(&part);
    let name = part.attachment_name().map(str::to_owned).or_else(|| nested_subject(&part));
    let attached = part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment);
    let kind = kind(&content_type, name.as_deref(), content_id.is_some() && html && !attached);
    let range = (part.offset_body, part.offset_end);
    let content = match part.body {
        PartType::Text(text) | PartType::Html(text) => text.into_owned().into_bytes(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.into_owned(),
        PartType::Message(nested) if part.encoding == mail_parser::Encoding::None => {
            slice(raw, range).map_or_else(|| nested.raw_message.into_owned(), <[u8]>::to_vec)
        }
        PartType::Message(nested) => nested.raw_message.into_owned(),
        PartType::Multipart(_) => slice(raw, range).unwrap_or_default().to_vec(),
    };
    Attachment { name: file_name(name.as_deref(), index, &content_type), content_type, content_id, kind, content }
}

fn slice(raw: &[u8], (start, end): (u32, u32)) -> Option<&[u8]> {
    raw.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
}

fn content_type(part: &MessagePart<'_>) -> String {
    let stated = part.content_type().map(|stated| {
        let kind = format!("{}/{}", stated.ctype(), stated.subtype().unwrap_or("octet-stream"));
        tidy(&kind, 100).to_ascii_lowercase()
    });
    match (stated, &part.body) {
        (Some(stated), _) => stated,
        (None, PartType::Message(_)) => "message/rfc822".to_owned(),
        (None, PartType::Text(_)) => "text/plain".to_owned(),
        (None, _) => "application/octet-stream".to_owned(),
    }
}

/// A forwarded mail has no file name, but a subject.
fn nested_subject(part: &MessagePart<'_>) -> Option<String> {
    match &part.body {
        PartType::Message(nested) => nested.subject().map(|subject| format!("{}.eml", tidy(subject, 80))),
        _ => None,
    }
}

fn kind(content_type: &str, name: Option<&str>, shown_by_id: bool) -> AttachmentKind {
    match content_type {
        "message/rfc822" | "message/global" => AttachmentKind::Message,
        "message/delivery-status"
        | "message/global-delivery-status"
        | "message/feedback-report"
        | "message/disposition-notification"
        | "text/rfc822-headers" => AttachmentKind::Report,
        "text/calendar" | "application/ics" => AttachmentKind::Calendar,
        "application/ms-tnef" | "application/vnd.ms-tnef" => AttachmentKind::Tnef,
        "application/pkcs7-mime"
        | "application/x-pkcs7-mime"
        | "application/pkcs7-signature"
        | "application/x-pkcs7-signature"
        | "application/pgp-signature"
        | "application/pgp-encrypted" => AttachmentKind::Cryptographic,
        _ if name.is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat")) => AttachmentKind::Tnef,
        _ if shown_by_id => AttachmentKind::Inline,
        _ => AttachmentKind::File,
    }
}

/// A name that is safe to show and to store; made from the place in the mail where there is none.
fn file_name(stated: Option<&str>, index: usize, content_type: &str) -> String {
    let bare = stated.unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    let bare = tidy(bare, limits::NAME_CHARS_MAX);
    let bare = bare.trim_matches(|c: char| c == '.' || c == ' ');
    if !bare.is_empty() {
        return bare.replace(['<', '>', ':', '"', '|', '?', '*'], "_");
    }
    let extension = match content_type {
        "message/rfc822" | "message/global" => "eml",
        "text/calendar" => "ics",
        "text/plain" => "txt",
        "text/html" => "html",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "application/pdf" => "pdf",
        "application/pgp-signature" => "asc",
        _ => "bin",
    };
    format!("attachment-{}.{extension}", index + 1)
}
