//! On whose behalf a ticket is changed.

use shared::access::Actor;
use shared::id::UserId;
use shared::ticket::Party;

/// The writer of a comment or change: mostly the request's actor; for a mail, the person whose mail it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The person, if it is one of the tenant's.
    pub user: Option<UserId>,
    /// Name for people.
    pub name: String,
    /// Address, lower case; empty for the product itself.
    pub email: String,
    /// On which side.
    pub party: Party,
}

impl Author {
    /// The request's actor.
    pub fn of(actor: &Actor) -> Self {
        match actor {
            Actor::Person(person) => Self {
                user: Some(person.id.clone()),
                name: person.name.clone(),
                email: person.email.clone(),
                party: if person.role.is_staff() { Party::Staff } else { Party::Client },
            },
            Actor::System | Actor::Operator(_) => Self::system(),
            Actor::Anonymous | Actor::Service => {
                Self { user: None, name: String::new(), email: String::new(), party: Party::Client }
            }
        }
    }

    /// The product itself.
    pub fn system() -> Self {
        Self { user: None, name: String::new(), email: String::new(), party: Party::System }
    }

    /// For history and audit: `usr_...`, `system` or `anonymous`.
    pub fn reference(&self) -> String {
        match (&self.user, self.party) {
            (Some(user), _) => user.to_string(),
            (None, Party::System) => "system".to_owned(),
            (None, _) => "anonymous".to_owned(),
        }
    }

    /// Whether the author belongs to the desk.
    pub fn is_staff(&self) -> bool {
        self.party == Party::Staff
    }
}
