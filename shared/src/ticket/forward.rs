//! What of a ticket goes out to people outside the conversation: to whom, which messages with it, which files.
//!
//! Only what clients see can be quoted: a note of the desk never leaves it by this door.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::id::{AttachmentId, CommentId};
use crate::limits::{FORWARD_QUOTED_BYTES_MAX, FORWARD_RECIPIENTS_MAX};
use crate::mail::address::{domain, normalize, split_plus};

/// What of the conversation goes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quote {
    /// Nothing but the words that are written now.
    Nothing,
    /// The ticket's description.
    Opening,
    /// One public message.
    One(CommentId),
    /// The description and the public messages.
    All,
    /// What was put together before: the text itself.
    Text(String),
}

impl Quote {
    /// Reads what a form sends: `none`, `opening`, `all`, or a comment's id.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "none" => Some(Self::Nothing),
            "opening" => Some(Self::Opening),
            "all" => Some(Self::All),
            id => CommentId::parse(id).ok().map(Self::One),
        }
    }

    /// Whether words of the ticket are looked up in it for this.
    pub fn is_of_ticket(&self) -> bool {
        matches!(self, Self::Opening | Self::One(_) | Self::All)
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Addresses, normalised, each once.
    pub recipients: Vec<String>,
    /// What of the conversation goes along.
    pub quote: Quote,
    /// Files of the ticket.
    pub files: Vec<AttachmentId>,
    /// Files that come with the same request, and their bytes.
    pub fresh: (Vec<AttachmentId>, u64),
}

/// What goes out, put together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Addresses.
    pub recipients: Vec<String>,
    /// The quoted messages as text; empty for none.
    pub quoted: String,
    /// All files that go along.
    pub files: Vec<AttachmentId>,
}

/// One message to quote.
#[derive(Debug, Clone)]
pub struct Quoted<'a> {
    /// Who wrote it.
    pub name: &'a str,
    /// When, in words.
    pub when: String,
    /// What it says.
    pub text: &'a str,
}

/// Reads addresses that were typed with commas, semicolons, blanks or line ends between them. `own` is the desk's mailbox, `requester`
/// whoever asks, who is answered and not forwarded to.
pub fn recipients(typed: &[&str], own: &str, requester: Option<&str>) -> Result<Vec<String>, FieldError> {
    let words =
        typed.iter().flat_map(|text| text.split([',', ';', ' ', '\n', '\r', '\t'])).filter(|word| !word.trim().is_empty());
    let mut addresses: Vec<String> = Vec::new();
    for word in words.take(FORWARD_RECIPIENTS_MAX * 4) {
        let bad = || FieldError::new("to", "bad_recipient").arg("address", word);
        let address = normalize(word).filter(|address| domain(address).contains('.')).ok_or_else(bad)?;
        if split_plus(&address).0 == own {
            return Err(FieldError::new("to", "own_mailbox"));
        }
        if requester == Some(address.as_str()) {
            return Err(FieldError::new("to", "forward_to_requester"));
        }
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    match addresses.len() {
        0 => Err(FieldError::new("to", "required")),
        count if count > FORWARD_RECIPIENTS_MAX => Err(FieldError::new("to", "too_many").arg("maximum", FORWARD_RECIPIENTS_MAX)),
        _ => Ok(addresses),
    }
}

/// The quoted messages as one text, oldest first. Where they are too many the oldest are left out, after the first.
pub fn quoted(messages: &[Quoted<'_>]) -> String {
    let one = |message: &Quoted<'_>| format!("{}, {}:\n\n{}", message.name, message.when, message.text.trim());
    let mut parts: Vec<String> = messages.iter().map(one).collect();
    while parts.len() > 1 && parts.iter().map(String::len).sum::<usize>() > FORWARD_QUOTED_BYTES_MAX {
        let oldest = usize::from(parts.len() > 2);
        parts.remove(oldest);
    }
    let mut text = parts.join("\n\n———\n\n");
    text.truncate(text.floor_char_boundary(FORWARD_QUOTED_BYTES_MAX));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Result<Vec<String>, String> {
        recipients(&[typed], "support@acme.example", Some("anna@client.example")).map_err(|fault| fault.code.to_owned())
    }

    #[test]
    fn addresses_are_read_as_people_type_them_and_each_counts_once() {
        assert_eq!(read("A@b.example, c@d.example;\n a@B.example").unwrap(), ["a@b.example", "c@d.example"]);
        assert_eq!(read(" , ").unwrap_err(), "required");
        assert_eq!(read("a@b.example nobody").unwrap_err(), "bad_recipient");
        assert_eq!(read("root@localhost").unwrap_err(), "bad_recipient");
        let many: Vec<String> = (0..=FORWARD_RECIPIENTS_MAX).map(|at| format!("p{at}@b.example")).collect();
        assert_eq!(read(&many.join(" ")).unwrap_err(), "too_many");
    }

    #[test]
    fn neither_the_desk_nor_whoever_asks_is_forwarded_to() {
        assert_eq!(read("support@acme.example").unwrap_err(), "own_mailbox");
        assert_eq!(read("Support+token@acme.example").unwrap_err(), "own_mailbox");
        assert_eq!(read("x@y.example anna@client.example").unwrap_err(), "forward_to_requester");
    }

    #[test]
    fn a_long_conversation_keeps_its_beginning_and_its_end() {
        let long = "x".repeat(FORWARD_QUOTED_BYTES_MAX / 3);
        let message = |name| Quoted { name, when: "today".to_owned(), text: &long };
        let text = quoted(&[message("First"), message("Second"), message("Third"), message("Fourth")]);
        assert!(text.contains("First") && text.contains("Fourth") && !text.contains("Second"));
        assert!(text.len() <= FORWARD_QUOTED_BYTES_MAX);
        assert_eq!(quoted(&[]), "");
    }
}
