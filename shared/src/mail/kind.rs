//! The kinds of mail about tickets that a person can turn off. Mails about the account are none of them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Role;

/// A kind of mail. The code is stored and shown by key: never rename one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A ticket of theirs was received.
    TicketReceived,
    /// The desk has answered.
    AgentReply,
    /// The desk has moved a ticket to another status.
    StatusChanged,
    /// A colleague lets them follow a ticket.
    TicketShared,
    /// A ticket is resolved: please rate, and the reminder of it.
    TicketResolved,
    /// A ticket was assigned to them.
    Assigned,
    /// A client has answered.
    ClientReply,
    /// A promise is nearly used up.
    SlaWarning,
    /// A promise was missed.
    SlaBreach,
    /// A ticket was escalated by hand.
    Escalated,
    /// A colleague has named them in a note.
    Mentioned,
    /// A ticket that they put off is back, or a reminder of theirs is due.
    Reminder,
}

/// What whoever asks or follows hears of a ticket.
const CONVERSATION: [Kind; 5] =
    [Kind::TicketReceived, Kind::AgentReply, Kind::StatusChanged, Kind::TicketShared, Kind::TicketResolved];

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::TicketReceived,
        Self::AgentReply,
        Self::StatusChanged,
        Self::TicketShared,
        Self::TicketResolved,
        Self::Assigned,
        Self::ClientReply,
        Self::SlaWarning,
        Self::SlaBreach,
        Self::Escalated,
        Self::Mentioned,
        Self::Reminder,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TicketReceived => "ticket_received",
            Self::AgentReply => "agent_reply",
            Self::StatusChanged => "status_changed",
            Self::TicketShared => "ticket_shared",
            Self::TicketResolved => "ticket_resolved",
            Self::Assigned => "assigned",
            Self::ClientReply => "client_reply",
            Self::SlaWarning => "sla_warning",
            Self::SlaBreach => "sla_breach",
            Self::Escalated => "escalated",
            Self::Mentioned => "mentioned",
            Self::Reminder => "reminder",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What people of a role get because they work at the desk.
    pub const fn of_desk(role: Role) -> &'static [Self] {
        match role {
            Role::Admin | Role::Manager => &[
                Self::Assigned,
                Self::Mentioned,
                Self::ClientReply,
                Self::SlaWarning,
                Self::SlaBreach,
                Self::Escalated,
                Self::Reminder,
            ],
            Role::Agent => {
                &[Self::Assigned, Self::Mentioned, Self::ClientReply, Self::SlaWarning, Self::SlaBreach, Self::Reminder]
            }
            Role::Analyst => &[Self::Mentioned, Self::ClientReply, Self::Reminder],
            Role::Client => &[],
        }
    }

    /// What people of any role get of tickets that they have opened or follow.
    pub const fn of_conversation() -> &'static [Self] {
        &CONVERSATION
    }

    /// Every kind that people of a role can get.
    pub fn of(role: Role) -> impl Iterator<Item = Self> {
        Self::of_desk(role).iter().chain(Self::of_conversation()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;
    use crate::access::Role;

    #[test]
    fn every_kind_has_one_code_everywhere_and_somebody_gets_it() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.code()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
            assert!(Role::ALL.into_iter().any(|role| Kind::of(role).any(|one| one == kind)), "{kind:?}");
        }
        assert_eq!(Kind::parse("password_reset"), None);
    }

    #[test]
    fn clients_get_nothing_of_the_desk() {
        assert_eq!(Kind::of(Role::Client).count(), 5);
        for desk in [
            Kind::Assigned,
            Kind::Mentioned,
            Kind::ClientReply,
            Kind::SlaWarning,
            Kind::SlaBreach,
            Kind::Escalated,
            Kind::Reminder,
        ] {
            assert!(Kind::of(Role::Client).all(|kind| kind != desk));
        }
    }
}
