//! Which files a ticket takes, and under what name and type they are kept.
//!
//! A file is judged by what it holds, not only by what it is called: the type that is stored, and later sent, is the one
//! that was found in the content. Nothing that a browser would run, and nothing that a desktop would start by a double
//! click, is taken from a person (OWASP ASVS 5.2). Mail is different: nothing of it may be lost, so what is refused
//! elsewhere is kept from a mail as bytes for download.

mod content;
mod name;
#[cfg(test)]
mod tests;

pub use name::sanitize;

use content::Content;

/// Bytes that are enough to judge a file by.
pub const HEAD_BYTES: usize = 64 * 1024;
/// The type of bytes that nobody shall interpret.
pub const OCTET_STREAM: &str = "application/octet-stream";
/// Types that a browser may show in place: pictures that cannot carry code.
pub const INLINE_TYPES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// A file that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Safe to store, to show and to put into a header.
    pub file_name: String,
    /// Found by content.
    pub media_type: String,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A program or script, by its name or its content.
    Executable,
    /// Something that a browser renders and that can carry code: HTML, SVG, or a picture with markup inside.
    Markup,
    /// The name promises something else than the content is.
    Mismatch,
    /// Of no kind that is taken.
    Unknown,
}

/// Judges a file by its name and its first bytes ([`HEAD_BYTES`] or the whole file, if it is shorter). `declared` is the type
/// that the sender states; it is believed in nothing, and only refuses what calls itself markup or a program.
pub fn classify(file_name: &str, head: &[u8], declared: Option<&str>) -> Result<Accepted, Refusal> {
    let file_name = sanitize(file_name);
    if let Some(refusal) = refused_by_name(&file_name, declared) {
        return Err(refusal);
    }
    let extension = name::extension(&file_name);
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    let media_type = match content::look(head) {
        Content::Executable => return Err(Refusal::Executable),
        Content::Markup => return Err(Refusal::Markup),
        Content::Refused => return Err(Refusal::Unknown),
        found => name::agree(extension.as_deref(), found)?,
    };
    Ok(Accepted { file_name, media_type: media_type.to_owned() })
}

/// What can be said before any byte has come.
pub fn refused_by_name(file_name: &str, declared: Option<&str>) -> Option<Refusal> {
    let extension = name::extension(&sanitize(file_name));
    if extension.as_deref().is_some_and(name::is_executable) {
        return Some(Refusal::Executable);
    }
    let is_markup = extension.as_deref().is_some_and(name::is_markup) || declared.is_some_and(name::declares_markup);
    is_markup.then_some(Refusal::Markup)
}

/// The same for the attachment of a mail: what [`classify`] refuses is kept as bytes, under an ending that nothing opens by itself, so that
/// no name promises what the content is not.
pub fn classify_mail(file_name: &str, head: &[u8], declared: Option<&str>) -> Accepted {
    classify(file_name, head, declared)
        .unwrap_or_else(|_| Accepted { file_name: name::as_data(&sanitize(file_name)), media_type: OCTET_STREAM.to_owned() })
}

/// Whether a browser may show a file of this type in place.
pub fn may_be_inline(media_type: &str) -> bool {
    INLINE_TYPES.contains(&media_type)
}
