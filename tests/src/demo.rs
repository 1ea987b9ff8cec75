//! A believable past of three support desks, made from nothing but a seed.
//!
//! The demo stand and the benchmarks need a tenant that has lived: clients who write in their own words, agents who ask back,
//! month-ends that hurt, an outage that brings twenty tickets in an hour. [`plan`] tells that past as a stream of events in the
//! order of time; whoever seeds a database replays it through the product's own use cases. Nothing here reads a clock or a
//! file: the same seed, size and `now` give the same events on every machine.

mod arrivals;
mod calendar;
mod cast;
mod corpus;
mod dice;
mod facts;
mod letters;
mod people;
mod phrase;
mod plan;
pub mod replay;
pub mod stand;
mod story;

pub use dice::mix;
pub use people::{Gender, Organization, Person, Population, Role};
pub use plan::{Plan, plan};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// Departments, by stable key, in the order in which a new ticket meets them.
pub const DEPARTMENTS: [&str; 7] =
    ["first_line", "finance", "logistics", "manufacturing", "hr_payroll", "integration", "infrastructure"];

/// Categories of tickets, by stable key.
pub const CATEGORIES: [&str; 7] =
    ["incident", "question", "access", "change_request", "data_correction", "integration", "performance"];

/// ERP modules, by stable key.
pub const MODULES: [&str; 12] = [
    "sales",
    "purchasing",
    "warehouse",
    "production",
    "accounting",
    "payroll",
    "crm",
    "edi",
    "reporting",
    "integration",
    "access",
    "performance",
];

/// How much past to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// About 60 people and 120 tickets over 60 days: enough to click through.
    Small,
    /// 2,000 people and 20,000 tickets over two years: enough to measure.
    Full,
}

impl Size {
    /// Days of history.
    pub const fn days(self) -> i64 {
        match self {
            Self::Small => 60,
            Self::Full => 730,
        }
    }

    /// Tickets over all tenants.
    pub const fn tickets(self) -> u32 {
        match self {
            Self::Small => 120,
            Self::Full => 20_000,
        }
    }

    /// People over all tenants, staff and clients together.
    pub const fn people(self) -> u32 {
        match self {
            Self::Small => 60,
            Self::Full => 2_000,
        }
    }
}

/// A language that the corpus is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Russian.
    Ru,
    /// English.
    En,
    /// Arabic.
    Ar,
}

impl Language {
    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
            Self::Ar => "ar",
        }
    }
}

/// A tenant of the demo stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenant {
    /// The slug, also the first label of its host.
    pub slug: &'static str,
    /// Its name as people read it.
    pub name: &'static str,
    /// Its main language.
    pub language: Language,
    /// A second language and how many of a hundred clients speak it.
    pub second: Option<(Language, u32)>,
    /// Its time zone, in which its working day is counted.
    pub zone: Tz,
    /// How many of a hundred tickets and people are its own.
    pub share: u32,
}

/// The three tenants of the demo stand.
pub const TENANTS: [Tenant; 3] = [
    Tenant {
        slug: "acme", name: "Акме Системы", language: Language::Ru, second: None, zone: Tz::Europe__Moscow, share: 45
    },
    Tenant {
        slug: "globex",
        name: "Globex Business Software",
        language: Language::En,
        second: None,
        zone: Tz::America__New_York,
        share: 35,
    },
    Tenant {
        slug: "nour",
        name: "نور لأنظمة الأعمال",
        language: Language::Ar,
        second: Some((Language::En, 25)),
        zone: Tz::Asia__Dubai,
        share: 20,
    },
];

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
    /// One of [`CATEGORIES`].
    pub category: &'static str,
    /// One of [`MODULES`].
    pub erp_module: &'static str,
    /// Priority.
    pub priority: Priority,
    /// Tags, lower case.
    pub tags: Vec<String>,
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
}

/// A change of fields; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The new department, one of [`DEPARTMENTS`].
    pub department: Option<&'static str>,
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
