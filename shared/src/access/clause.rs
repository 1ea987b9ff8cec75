//! Which tickets a right holds for, in a form that both a statement and a function can decide by.
//!
//! A [`Clause`] holds for a ticket when each of its tests does; a list of clauses when one of them does (a disjunctive normal form).
//! `shared::store::ticket_list` decides the same by SQL, from the same JSON: a property test holds the two together.

use serde::{Deserialize, Serialize};

/// What of a ticket can be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// Id of the person who asks.
    Requester,
    /// Ids of the people who follow it.
    Follower,
    /// Id of the person who works on it.
    Assignee,
    /// Id of the customer's company.
    Organization,
    /// Id of the department.
    Department,
    /// `critical`, `high`, `medium`, `low`.
    Priority,
    /// `new`, `in_progress`, ...
    Status,
    /// Slug of the category.
    Category,
    /// `web`, `email`, `api`, `chat`.
    Channel,
    /// Module of the ERP system.
    ErpModule,
    /// Tags.
    Tag,
}

impl Attribute {
    /// Every attribute.
    pub const ALL: [Self; 11] = [
        Self::Requester,
        Self::Follower,
        Self::Assignee,
        Self::Organization,
        Self::Department,
        Self::Priority,
        Self::Status,
        Self::Category,
        Self::Channel,
        Self::ErpModule,
        Self::Tag,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Follower => "follower",
            Self::Assignee => "assignee",
            Self::Organization => "organization",
            Self::Department => "department",
            Self::Priority => "priority",
            Self::Status => "status",
            Self::Category => "category",
            Self::Channel => "channel",
            Self::ErpModule => "erp_module",
            Self::Tag => "tag",
        }
    }

    /// Parses the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attribute| attribute.as_str() == text)
    }
}

/// A question about one attribute: whether it is one of some values, or none of them. A ticket without the attribute has the value
/// `None`; of those with many (followers, tags) one is enough.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Test {
    /// Of what.
    #[serde(rename = "a")]
    pub attribute: Attribute,
    /// 1 when it must be none of the values.
    #[serde(rename = "n")]
    negated: u8,
    /// The values.
    #[serde(rename = "v")]
    pub values: Vec<Option<String>>,
}

impl Test {
    /// The attribute is one of these.
    pub fn is(attribute: Attribute, values: Vec<Option<String>>) -> Self {
        Self { attribute, negated: 0, values }
    }

    /// The opposite question.
    #[must_use]
    pub fn negated(mut self) -> Self {
        self.negated = 1 - self.negated;
        self
    }

    /// Whether it asks for none of the values.
    pub fn is_negated(&self) -> bool {
        self.negated == 1
    }

    fn holds(&self, facts: &TicketFacts<'_>) -> bool {
        let is = |value: Option<&str>| self.values.iter().any(|one| one.as_deref() == value);
        let found = match self.attribute {
            Attribute::Requester => is(Some(facts.requester)),
            Attribute::Follower => facts.followers.iter().any(|follower| is(Some(follower))),
            Attribute::Assignee => is(facts.assignee),
            Attribute::Organization => is(facts.organization),
            Attribute::Department => is(facts.department),
            Attribute::Priority => is(Some(facts.priority)),
            Attribute::Status => is(Some(facts.status)),
            Attribute::Category => is(facts.category),
            Attribute::Channel => is(Some(facts.channel)),
            Attribute::ErpModule => is(facts.erp_module),
            Attribute::Tag => facts.tags.iter().any(|tag| is(Some(tag))),
        };
        found != self.is_negated()
    }
}

/// Tests that must all hold. Without a test it holds for every ticket.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Clause(pub Vec<Test>);

impl Clause {
    /// One test: the attribute has this value.
    pub fn is(attribute: Attribute, value: &str) -> Self {
        Self(vec![Test::is(attribute, vec![Some(value.to_owned())])])
    }

    /// The same with one test more.
    #[must_use]
    pub fn with(&self, test: Test) -> Self {
        let mut tests = self.0.clone();
        if !tests.contains(&test) {
            tests.push(test);
        }
        Self(tests)
    }

    /// Whether it holds for the ticket.
    pub fn holds(&self, facts: &TicketFacts<'_>) -> bool {
        self.0.iter().all(|test| test.holds(facts))
    }
}

/// What of a ticket decides who may do something with it.
#[derive(Debug, Clone)]
pub struct TicketFacts<'a> {
    /// Id of the person who asks.
    pub requester: &'a str,
    /// Ids of the people who follow it (not of those who merely get copies of its mail).
    pub followers: Vec<&'a str>,
    /// Id of the person who works on it.
    pub assignee: Option<&'a str>,
    /// Id of the customer's company.
    pub organization: Option<&'a str>,
    /// Id of the department.
    pub department: Option<&'a str>,
    /// Priority.
    pub priority: &'a str,
    /// Status.
    pub status: &'a str,
    /// Slug of the category.
    pub category: Option<&'a str>,
    /// Channel.
    pub channel: &'a str,
    /// Module of the ERP system.
    pub erp_module: Option<&'a str>,
    /// Tags.
    pub tags: Vec<&'a str>,
}
