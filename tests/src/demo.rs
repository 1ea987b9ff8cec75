//! A believable past of three support desks, made from nothing but a seed.
//!
//! The demo stand and the benchmarks need a tenant that has lived: clients who write in their own words, agents who ask back,
//! month-ends that hurt, an outage that brings twenty tickets in an hour. [`plan`] tells that past as a stream of events in the
//! order of time; whoever seeds a database replays it through the product's own use cases. Nothing here reads a clock or a
//! file: the same seed, size and `now` give the same events on every machine.

mod arrivals;
mod calendar;
mod cast;
pub mod contracts;
mod corpus;
mod dice;
mod facts;
mod happenings;
mod letters;
pub mod papers;
mod people;
mod phrase;
mod plan;
pub mod post;
pub mod replay;
mod scenes;
pub mod stand;
mod story;

pub use dice::mix;
pub use happenings::{
    Changes, Channel, Event, Following, Happening, MachineAnswer, NewComment, NewTicket, Priority, Rating, Refusal, Relation,
    RelationKind, Scalar, Status, TicketKey,
};
pub use papers::Paper;
pub use people::{Gender, Organization, Person, Population, Role};
pub use plan::{Plan, plan};
pub use post::{Stray, StrayKind};

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

    /// Days before now in which mails really come and go and files are kept. Of what was before, only tickets are told: a mail log
    /// is read for weeks, and raw mails of two years would be most of the data.
    pub const fn days_of_mail(self) -> i64 {
        match self {
            Self::Small => 60,
            Self::Full => 21,
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
