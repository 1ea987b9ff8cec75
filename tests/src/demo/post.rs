//! Mail as the people of the past write it: the bytes that their mail programs, and a few machines, hand to a server.

pub mod machines;
mod mime;
pub mod programs;

use super::TicketKey;

/// A mail that answers nothing of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// What it is.
    pub kind: StrayKind,
    /// What the sender calls itself.
    pub name: String,
    /// The sender's address; empty for one that pretends to be our own mailbox.
    pub address: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
}

/// What a mail is that answers nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StrayKind {
    /// Somebody whom nobody knows asks something: a ticket from an address that nobody has confirmed.
    Stranger(TicketKey),
    /// A mailing; somebody of the desk, if named, throws it away.
    Newsletter {
        /// Username of who discards it.
        discarded_by: Option<String>,
    },
    /// Somebody is away and says so, without naming what it answers.
    Away,
    /// Nothing at all: no subject, no text, no file.
    Blank,
    /// It says that it comes from our own mailbox.
    Spoof,
}

impl StrayKind {
    /// What the product makes of it: the outcome, and the reason where nothing is made of it.
    pub const fn expected(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Stranger(_) => ("ticket", None),
            Self::Newsletter { .. } => ("unprocessed", Some("bulk")),
            Self::Away => ("unprocessed", Some("automatic")),
            Self::Blank => ("unprocessed", Some("empty")),
            Self::Spoof => ("unprocessed", Some("own_address")),
        }
    }
}
