//! The one on whose behalf a request runs.

use chrono::{DateTime, Utc};

use super::{Access, ApiKey, Lent, Permission, Permissions, Rights, Role, TicketFacts, TicketScope};
use crate::i18n::Locale;
use crate::id::{DepartmentId, GroupId, OperatorId, OrganizationId, SessionId, UserId};

/// A signed-in person of the tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// In which session.
    pub session: SessionId,
    /// Name for people.
    pub name: String,
    /// Address, lower-cased.
    pub email: String,
    /// Role: one of the five, also that on which a role of the tenant's own is built.
    pub role: Role,
    /// What the person may do at this moment.
    pub rights: Box<Rights>,
    /// What the person can give to others, and take from them: what they hold for all of the tenant, and for good. What is lent to them or
    /// granted for a time would outlive its end otherwise.
    pub gives: Permissions,
    /// The customer's company, if the person belongs to one.
    pub organization: Option<OrganizationId>,
    /// The department of the desk, for staff.
    pub department: Option<DepartmentId>,
    /// Chosen language.
    pub locale: Option<Locale>,
    /// Chosen time zone (IANA name).
    pub zone: Option<String>,
    /// The API key by which a service account asks. People have none.
    pub key: Option<Box<ApiKey>>,
    /// Groups.
    pub groups: Vec<GroupId>,
    /// Which of the rights are lent, if the person is somebody's deputy.
    pub lent: Option<Box<Lent>>,
    /// Roles that are granted or lent, beside the one that the person has.
    pub further_roles: Vec<Role>,
    /// When some of the rights end by themselves, at the earliest.
    pub rights_until: Option<DateTime<Utc>>,
}

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::large_enum_variant, reason = "there is one a request, and it is nearly always a person")
)]
pub enum Actor {
    /// Nobody we know.
    Anonymous,
    /// A person of the tenant that the host names.
    Person(Person),
    /// A machine with the tenant-independent service token.
    Service,
    /// An operator of the platform.
    Operator(OperatorId),
    /// The product itself: timers, sweeps, incoming mail.
    System,
}

impl Actor {
    /// The person, if it is one.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            _ => None,
        }
    }

    /// The API key by which the actor asks, if it is by one.
    pub fn key(&self) -> Option<&ApiKey> {
        self.person().and_then(|person| person.key.as_deref())
    }

    /// For whom the actor does something that takes this right, if it is only theirs by being lent; `facts` are those of the ticket, if
    /// it is about one.
    pub fn acts_for(&self, permission: Permission, facts: Option<&TicketFacts<'_>>) -> Option<&UserId> {
        self.person().and_then(|person| person.lent.as_deref()).and_then(|lent| lent.acts_for(permission, facts))
    }

    /// Whether the actor holds the permission. The product itself holds all.
    pub fn may(&self, permission: Permission) -> bool {
        match self {
            Self::Person(person) => person.rights.may(permission),
            Self::System => true,
            Self::Anonymous | Self::Service | Self::Operator(_) => false,
        }
    }

    /// Whether the route's demand is met. The only place that decides it.
    pub fn satisfies(&self, access: Access) -> bool {
        match access {
            Access::Public | Access::Platform | Access::AnyHost => true,
            Access::SignedIn => self.person().is_some(),
            Access::Requires(permission) => self.may(permission),
            Access::VisitorOr(permission) => self.person().is_none() || self.may(permission),
            Access::Service => matches!(self, Self::Service),
            Access::Operator => matches!(self, Self::Operator(_)),
        }
    }

    /// Whether the actor holds the permission for this ticket.
    pub fn may_on(&self, permission: Permission, ticket: &TicketFacts<'_>) -> bool {
        match self {
            Self::Person(person) => person.rights.may_on(permission, ticket),
            Self::System => true,
            Self::Anonymous | Self::Service | Self::Operator(_) => false,
        }
    }

    /// For which tickets the actor holds the permission.
    pub fn scope(&self, permission: Permission) -> TicketScope {
        match self {
            Self::System => TicketScope::ALL,
            Self::Person(person) => person.rights.scope(permission),
            Self::Anonymous | Self::Service | Self::Operator(_) => TicketScope::NOTHING,
        }
    }

    /// Those of `permissions` that the actor does not hold for all of the tenant and for good, and so cannot give to anybody.
    pub fn lacks(&self, permissions: Permissions) -> Permissions {
        match self {
            Self::System => Permissions::NONE,
            Self::Person(person) => permissions.without(person.gives),
            Self::Anonymous | Self::Service | Self::Operator(_) => permissions,
        }
    }

    /// Which tickets the actor can see.
    pub fn ticket_scope(&self) -> TicketScope {
        self.scope(Permission::TicketRead)
    }

    /// For audit and history: `usr_...`, `system`, `service`, `anonymous`, `opr_...`.
    pub fn reference(&self) -> String {
        match self {
            Self::Anonymous => "anonymous".to_owned(),
            Self::Person(person) => person.id.to_string(),
            Self::Service => "service".to_owned(),
            Self::Operator(operator) => operator.to_string(),
            Self::System => "system".to_owned(),
        }
    }
}
