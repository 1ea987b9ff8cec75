//! What happens in the past, as the plan tells it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::Language;
use super::contracts::Contracts;
use super::papers::Paper;
use super::people::{Organization, Person};
use super::post::Stray;

/// A ticket of the plan: its place in the order of creation over all tenants, from 0.
pub type TicketKey = u32;

/// Something that happened in a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: DateTime<Utc>,
    /// Slug of the tenant.
    pub tenant: &'static str,
    /// What.
    pub kind: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// An organization became a client. Comes before its people.
    OrganizationCreated(Organization),
    /// A person got an account. Comes before anything that the person does.
    UserCreated(Person),
    /// A client wrote.
    TicketCreated(NewTicket),
    /// Somebody added a public answer or an internal note.
    CommentAdded(NewComment),
    /// Somebody changed fields: an agent, or a client who closes a ticket.
    FieldsChanged(Changes),
    /// The requester rated the resolution.
    Rated(Rating),
    /// The desk agreed on its calendars and promises.
    ContractsSigned(Contracts),
    /// Two tickets were put into relation.
    Related(Relation),
    /// Somebody of the desk follows a ticket.
    Followed(Following),
    /// A machine answered the last mail of the desk on a ticket.
    MachineAnswered(MachineAnswer),
    /// A mail came that answers nothing.
    MailCame(Stray),
    /// Other servers begin to refuse mail to an address.
    MailRefused(Refusal),
}

/// Tickets that have to do with each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The one that says the same, or is caused.
    pub ticket: TicketKey,
    /// The other.
    pub other: TicketKey,
    /// How they stand to each other.
    pub kind: RelationKind,
    /// Username of who saw it.
    pub actor: String,
}

/// How two tickets stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelationKind {
    /// The ticket is caused by the other.
    Incident,
    /// The ticket says the same as the other.
    Duplicate,
    /// They have to do with each other.
    Related,
    /// The ticket goes into the other.
    Merged,
}

/// Somebody follows a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// The ticket.
    pub ticket: TicketKey,
    /// Username.
    pub who: String,
}

/// A machine's answer to the last mail that the desk wrote to a client on a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineAnswer {
    /// The ticket.
    pub ticket: TicketKey,
    /// Username of the client whose machine it is.
    pub client: String,
    /// Subject and text of somebody who is away; `None` is a mail server that cannot deliver.
    pub away: Option<(String, String)>,
}

/// A mailbox that does not take mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The address.
    pub address: String,
    /// The other server's words.
    pub words: String,
    /// How many tries it refuses for the time being; `None` is for good.
    pub tries: Option<u32>,
}

/// How a ticket or comment came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// The portal's form.
    Web,
    /// A mail.
    Email,
    /// Another system over the API.
    Api,
    /// The chat.
    Chat,
}

/// Priority as the product knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Priority {
    Critical,
    High,
    Medium,
    Low,
}

impl Priority {
    /// The API's name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// Status as the product knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Status {
    New,
    InProgress,
    WaitingCustomer,
    Resolved,
    Closed,
}

impl Status {
    /// The API's name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InProgress => "in_progress",
            Self::WaitingCustomer => "waiting_customer",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }
}

/// A ticket as it is first written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTicket {
    /// Its key in the plan.
    pub ticket: TicketKey,
    /// Username of the requester.
    pub requester: String,
    /// How it came in.
    pub channel: Channel,
    /// Title, one line.
    pub title: String,
    /// Description, plain text.
    pub description: String,
    /// Language of the text.
    pub language: Language,
    /// One of [`super::CATEGORIES`].
    pub category: &'static str,
    /// One of [`super::MODULES`].
    pub erp_module: &'static str,
    /// Priority.
    pub priority: Priority,
    /// Tags, lower case.
    pub tags: Vec<String>,
    /// Addresses that get copies.
    pub cc: Vec<String>,
    /// Files.
    pub files: Vec<Paper>,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewComment {
    /// The ticket.
    pub ticket: TicketKey,
    /// Username of the author.
    pub author: String,
    /// Internal notes are never for the client's eyes.
    pub internal: bool,
    /// How it came in.
    pub channel: Channel,
    /// Plain text.
    pub body: String,
    /// The status that an agent sets with it. A client's answer sets its own: it wakes a waiting or resolved ticket up, unless
    /// it says nothing but thanks.
    pub status: Option<Status>,
    /// Files.
    pub files: Vec<Paper>,
}

/// A change of fields; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The ticket.
    pub ticket: TicketKey,
    /// Username of who did it.
    pub actor: String,
    /// The new status.
    pub status: Option<Status>,
    /// The new priority.
    pub priority: Option<Priority>,
    /// Username of the new assignee.
    pub assignee: Option<String>,
    /// The new department, one of [`super::DEPARTMENTS`].
    pub department: Option<&'static str>,
    /// Fields of the tenant's own.
    pub custom_fields: BTreeMap<&'static str, Scalar>,
    /// How high it is escalated, and why.
    pub escalation: Option<(u8, String)>,
}

/// A value of a field of the tenant's own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Scalar {
    Text(String),
    Number(i64),
    Flag(bool),
}

/// A rating by the requester.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The ticket.
    pub ticket: TicketKey,
    /// Username of the requester.
    pub requester: String,
    /// 1 to 5.
    pub score: u8,
    /// What they wrote with it.
    pub comment: Option<String>,
}
