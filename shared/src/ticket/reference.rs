//! How people and machines name a ticket: by id, or by the number that stands in mails.

use crate::database::Value;
use crate::id::TicketId;
use crate::tenant::Tenant;

/// A ticket's name in a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// `tkt_...`
    Id(TicketId),
    /// The 1042 of `ACME-1042`.
    Number(i64),
}

impl Reference {
    /// Reads `tkt_...`, `ACME-1042` or `1042`; `None` is a ticket that does not exist.
    pub fn parse(text: &str, tenant: &Tenant) -> Option<Self> {
        if let Ok(id) = TicketId::parse(text) {
            return Some(Self::Id(id));
        }
        tenant.ticket_number(text).map(Self::Number)
    }

    /// Whether it names this ticket.
    pub fn names(&self, id: &TicketId, number: i64) -> bool {
        match self {
            Self::Id(named) => named == id,
            Self::Number(named) => *named == number,
        }
    }

    /// For statements that find a ticket by `COALESCE(?2, (SELECT id ... number = ?3))`.
    pub fn values(&self) -> [Value; 2] {
        match self {
            Self::Id(id) => [Value::from(id), Value::Null],
            Self::Number(number) => [Value::Null, Value::from(*number)],
        }
    }
}

impl From<&TicketId> for Reference {
    fn from(id: &TicketId) -> Self {
        Self::Id(id.clone())
    }
}
