//! What there is to say by mail: one [`Notice`] a kind, with what its texts need.

use chrono::{DateTime, Utc};

use crate::ticket::Status;

/// The ticket that a mail is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRef {
    /// `ACME-1042`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
}

/// Which clock of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// First response.
    FirstResponse,
    /// Next response.
    NextResponse,
    /// Resolution.
    Resolution,
}

/// What became of a ticket that the desk has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// Somebody works on it.
    InProgress,
    /// The desk waits for an answer.
    WaitingCustomer,
    /// It was over, and is open again.
    Reopened,
    /// It is resolved.
    Resolved,
    /// It is closed.
    Closed,
}

impl Moved {
    /// What there is to tell when a ticket goes from one status to another; nothing when it is only new again.
    pub fn between(from: Status, to: Status) -> Option<Self> {
        match to {
            Status::New | Status::InProgress if !from.is_open() => Some(Self::Reopened),
            Status::New => None,
            Status::InProgress => Some(Self::InProgress),
            Status::WaitingCustomer => Some(Self::WaitingCustomer),
            Status::Resolved => Some(Self::Resolved),
            Status::Closed => Some(Self::Closed),
        }
    }

    /// The name in the mail's data.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InProgress => "in_progress",
            Self::WaitingCustomer => "waiting_customer",
            Self::Reopened => "reopened",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// Reads a name.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::InProgress, Self::WaitingCustomer, Self::Reopened, Self::Resolved, Self::Closed]
            .into_iter()
            .find(|moved| moved.code() == code)
    }

    /// The texts of its mail.
    pub(super) const fn texts(self) -> &'static str {
        match self {
            Self::InProgress => "mail-status-in-progress",
            Self::WaitingCustomer => "mail-status-waiting-customer",
            Self::Reopened => "mail-status-reopened",
            Self::Resolved => "mail-status-resolved",
            Self::Closed => "mail-status-closed",
        }
    }
}

/// What concerns the safety of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityEvent {
    /// A second factor was set up.
    SecondFactorOn,
    /// It was taken away.
    SecondFactorOff,
    /// There are new recovery codes.
    RecoveryCodesRenewed,
    /// Somebody signed in, or proved who they are, with a recovery code.
    RecoveryCodeUsed,
    /// Somebody gave the right password and then nothing but wrong codes.
    CodesRefused,
    /// There is a new password.
    PasswordChanged,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was taken away.
    PasskeyRemoved,
    /// A passkey was refused because its counter did not go on: there may be a copy of it.
    PasskeyDoubted,
    /// A telephone number for codes was added.
    PhoneAdded,
    /// It was taken away.
    PhoneRemoved,
    /// Who somebody is at a provider of identities was linked.
    IdentityLinked,
    /// It was unlinked.
    IdentityUnlinked,
}

impl SecurityEvent {
    /// Every event.
    pub const ALL: [Self; 13] = [
        Self::SecondFactorOn,
        Self::SecondFactorOff,
        Self::RecoveryCodesRenewed,
        Self::RecoveryCodeUsed,
        Self::CodesRefused,
        Self::PasswordChanged,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::PasskeyDoubted,
        Self::PhoneAdded,
        Self::PhoneRemoved,
        Self::IdentityLinked,
        Self::IdentityUnlinked,
    ];

    /// The stable name, also the end of its texts' keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SecondFactorOn => "second-factor-on",
            Self::SecondFactorOff => "second-factor-off",
            Self::RecoveryCodesRenewed => "recovery-codes-renewed",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::CodesRefused => "codes-refused",
            Self::PasswordChanged => "password-changed",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::PasskeyDoubted => "passkey-doubted",
            Self::PhoneAdded => "phone-added",
            Self::PhoneRemoved => "phone-removed",
            Self::IdentityLinked => "identity-linked",
            Self::IdentityUnlinked => "identity-unlinked",
        }
    }

    /// Parses the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == name)
    }
}

/// Something to say by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// To a requester whose address is confirmed.
    TicketReceived {
        /// The ticket.
        ticket: TicketRef,
        /// When the first response is due, if the contract says so.
        due_at: Option<DateTime<Utc>>,
    },
    /// To an address that nobody has confirmed. Echoes nothing.
    ConfirmAddress {
        /// Link.
        url: String,
        /// End of the link's life.
        expires_at: DateTime<Utc>,
    },
    /// An agent's public comment, to the requester and followers.
    AgentReply {
        /// The ticket.
        ticket: TicketRef,
        /// The agent's display name.
        agent: String,
        /// The comment in Markdown.
        markdown: String,
    },
    /// To somebody outside the conversation: what the desk forwards.
    Forwarded {
        /// The ticket; its page is not theirs to open.
        ticket: TicketRef,
        /// The agent's display name.
        agent: String,
        /// The agent's words in Markdown.
        markdown: String,
        /// The quoted messages as text; empty for none.
        quoted: String,
    },
    /// To a member of the desk: a colleague's note names them.
    Mentioned {
        /// The ticket.
        ticket: TicketRef,
        /// The colleague's name.
        by: String,
        /// The note in Markdown.
        markdown: String,
    },
    /// To the desk: a client's comment.
    ClientReply {
        /// The ticket.
        ticket: TicketRef,
        /// The client's display name.
        client: String,
        /// The comment in Markdown.
        markdown: String,
    },
    /// To those who lead the desk: a ticket was escalated by hand.
    Escalated {
        /// The ticket.
        ticket: TicketRef,
        /// Who escalated it.
        by: String,
        /// How high it stands now.
        level: u8,
        /// Why.
        reason: String,
    },
    /// To a colleague of whoever asks: they may follow the ticket.
    TicketShared {
        /// The ticket.
        ticket: TicketRef,
        /// Who has added them.
        by: String,
    },
    /// To requester and followers: the desk has moved the ticket.
    StatusChanged {
        /// The ticket.
        ticket: TicketRef,
        /// What became of it.
        moved: Moved,
    },
    /// Resolved: please rate.
    TicketResolved {
        /// The ticket.
        ticket: TicketRef,
        /// The rating page; none for whoever does not rate, a member of the desk.
        rating_url: Option<String>,
    },
    /// The one reminder to rate.
    RatingReminder {
        /// The ticket.
        ticket: TicketRef,
        /// The rating page.
        rating_url: String,
    },
    /// To staff: a share of the time has passed.
    SlaWarning {
        /// The ticket.
        ticket: TicketRef,
        /// Which clock.
        target: Target,
        /// Share of the business time that has passed.
        percent: u8,
        /// The deadline.
        due_at: DateTime<Utc>,
    },
    /// To staff: the deadline has passed.
    SlaBreach {
        /// The ticket.
        ticket: TicketRef,
        /// Which clock.
        target: Target,
        /// The deadline.
        due_at: DateTime<Utc>,
    },
    /// The last step of a registration.
    ConfirmRegistration {
        /// Link.
        url: String,
        /// End of the link's life.
        expires_at: DateTime<Utc>,
    },
    /// A link to set a password.
    PasswordReset {
        /// Link.
        url: String,
        /// End of the link's life.
        expires_at: DateTime<Utc>,
    },
    /// To the owner of an account: something that concerns its safety has happened.
    Security {
        /// What.
        event: SecurityEvent,
        /// When.
        at: DateTime<Utc>,
        /// The network that it came from; empty when nobody knows.
        network: String,
        /// The device as a person would call it; empty when nobody knows.
        device: String,
        /// The page on which the owner looks after the account.
        url: String,
    },
    /// To those who look after the tenant's safety: something looks like an attack.
    Alert {
        /// What was found.
        kinds: Vec<crate::alert::Kind>,
        /// When.
        at: DateTime<Utc>,
        /// The page of alerts.
        url: String,
    },
    /// To one of the desk: a ticket that they put off is back, or what they wanted to be reminded of.
    Reminder {
        /// The ticket; none where the reminder is about none.
        ticket: Option<TicketRef>,
        /// What they wrote; empty for a ticket that is back.
        text: String,
        /// The page of reminders.
        url: String,
    },
    /// To an agent: a ticket is now theirs.
    Assigned {
        /// The ticket.
        ticket: TicketRef,
        /// Who assigned it.
        by: String,
        /// The next deadline.
        due_at: Option<DateTime<Utc>>,
    },
}
