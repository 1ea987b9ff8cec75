//! The bounds of mail, each with its reason. A mail outside them is refused with a stated reason.

/// An incoming mail, in bytes: what the platform's mail routing accepts. Refuse before reading.
pub const INBOUND_BYTES_MAX: usize = 25 * 1024 * 1024;
/// An outgoing mail, in bytes: what the platform's sender accepts.
pub const OUTBOUND_BYTES_MAX: usize = 5 * 1024 * 1024;
/// Header fields of the whole message; real mail has about a hundred.
pub const HEADER_FIELDS_MAX: usize = 1_000;
/// Bytes of the message's own header block.
pub const HEADER_BYTES_MAX: usize = 256 * 1024;
/// Nested containers (multipart, message/rfc822) named anywhere in the message. Bounds the depth,
/// because every level needs its own Content-Type field.
pub const CONTAINERS_MAX: usize = 100;
/// MIME parts of any kind.
pub const PARTS_MAX: usize = 500;
/// Files kept from one mail; the rest stay in the raw message.
pub const ATTACHMENTS_MAX: usize = 100;
/// Text body in bytes of UTF-8; the raw message keeps the rest. A database row holds 2 MB.
pub const TEXT_BYTES_MAX: usize = 256 * 1024;
/// HTML body in bytes of UTF-8.
pub const HTML_BYTES_MAX: usize = 512 * 1024;
/// Levels of an HTML body: of deeper markup only the text is shown.
pub const HTML_DEPTH_MAX: u32 = 256;
/// Message-IDs kept from References (and written to it): the platform refuses more than 100.
pub const REFERENCES_MAX: usize = 50;
/// One Message-ID in bytes: one line of RFC 5322.
pub const MESSAGE_ID_BYTES_MAX: usize = 998;
/// Addresses read from one field.
pub const ADDRESSES_MAX: usize = 100;
/// Characters of a subject: the platform's bound.
pub const SUBJECT_CHARS_MAX: usize = 998;
/// Characters of a display name or a file name.
pub const NAME_CHARS_MAX: usize = 200;
/// Reply tokens looked at in one mail.
pub const TOKENS_MAX: usize = 16;
/// Recipients of one outgoing mail: the platform's bound.
pub const RECIPIENTS_MAX: usize = 50;
