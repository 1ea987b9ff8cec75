//! Why a mail did not become a ticket. Shown in the queue of unprocessed mail, counted in the log.

use serde::{Deserialize, Serialize};

/// A stated reason. The code is stored and shown by key `mail-reason-<code>`: never rename one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No header could be read.
    #[error("unparseable")]
    Unparseable,
    /// Larger than [`super::limits::INBOUND_BYTES_MAX`].
    #[error("too_large")]
    TooLarge,
    /// Too many fields, parts or levels.
    #[error("too_complex")]
    TooComplex,
    /// Neither a usable From nor an envelope sender.
    #[error("no_sender")]
    NoSender,
    /// No subject, no text, no file.
    #[error("empty")]
    Empty,
    /// One of our own mails came back.
    #[error("loop")]
    Loop,
    /// The sender is one of the tenant's own mailboxes.
    #[error("own_address")]
    OwnAddress,
    /// The sender or its domain is on the tenant's block list.
    #[error("sender_blocked")]
    SenderBlocked,
    /// The sender has used up its allowance ([`super::backstop`]).
    #[error("rate_cap")]
    RateCap,
    /// A reply to a ticket from somebody who does not take part in it.
    #[error("unknown_sender")]
    UnknownSender,
    /// An automatic answer that belongs to no ticket.
    #[error("automatic")]
    Automatic,
    /// List or bulk mail that belongs to no ticket.
    #[error("bulk")]
    Bulk,
    /// A bounce, report or receipt that belongs to no ticket.
    #[error("report")]
    Report,
    /// Already taken in.
    #[error("duplicate")]
    Duplicate,
    /// No mailbox of a tenant has this address.
    #[error("no_mailbox")]
    NoMailbox,
    /// The thread has been reopened too often by mail.
    #[error("reopen_cap")]
    ReopenCap,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 16] = [
        Self::Unparseable,
        Self::TooLarge,
        Self::TooComplex,
        Self::NoSender,
        Self::Empty,
        Self::Loop,
        Self::OwnAddress,
        Self::SenderBlocked,
        Self::RateCap,
        Self::UnknownSender,
        Self::Automatic,
        Self::Bulk,
        Self::Report,
        Self::Duplicate,
        Self::NoMailbox,
        Self::ReopenCap,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unparseable => "unparseable",
            Self::TooLarge => "too_large",
            Self::TooComplex => "too_complex",
            Self::NoSender => "no_sender",
            Self::Empty => "empty",
            Self::Loop => "loop",
            Self::OwnAddress => "own_address",
            Self::SenderBlocked => "sender_blocked",
            Self::RateCap => "rate_cap",
            Self::UnknownSender => "unknown_sender",
            Self::Automatic => "automatic",
            Self::Bulk => "bulk",
            Self::Report => "report",
            Self::Duplicate => "duplicate",
            Self::NoMailbox => "no_mailbox",
            Self::ReopenCap => "reopen_cap",
        }
    }

    /// Reads a stored code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// Whether a person may try the mail again from the queue: not where the same bytes can only give the same reason. A blocked
    /// sender may have been let in again, a mailbox may have been named.
    pub const fn can_be_retried(self) -> bool {
        !matches!(
            self,
            Self::Loop
                | Self::Duplicate
                | Self::TooLarge
                | Self::OwnAddress
                | Self::NoSender
                | Self::Empty
                | Self::Unparseable
                | Self::TooComplex
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;
    use crate::i18n::{self, Locale};

    #[test]
    fn every_reason_has_one_code_and_a_text_in_every_locale() {
        for reason in Reason::ALL {
            assert_eq!(Reason::parse(reason.code()), Some(reason));
            assert_eq!(reason.to_string(), reason.code());
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.code());
            for locale in Locale::ALL {
                let key = format!("mail-reason-{}", reason.code().replace('_', "-"));
                assert!(i18n::has(locale, &key), "{locale}: {key}");
            }
        }
    }
}
