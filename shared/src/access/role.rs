//! The five roles of specification 2.3.1.

use serde::{Deserialize, Serialize};

use super::{Permission, Permissions};

/// A person's role in a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Full access to the tenant.
    Admin,
    /// Leads the desk: tickets, assignment, SLA.
    Manager,
    /// Works on tickets.
    Agent,
    /// Asks for help.
    Client,
    /// Reads reports and tickets, changes nothing.
    Analyst,
}

impl Role {
    /// What a client can be given at most, by whatever role: the rest is the desk's.
    pub const CLIENT_PERMISSIONS: Permissions = Permissions::of(Self::Client.permissions());

    /// Every role.
    pub const ALL: [Self; 5] = [Self::Admin, Self::Manager, Self::Agent, Self::Client, Self::Analyst];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Agent => "agent",
            Self::Client => "client",
            Self::Analyst => "analyst",
        }
    }

    /// Parses the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// Whether the role belongs to the support desk, not to its clients.
    pub fn is_staff(self) -> bool {
        !matches!(self, Self::Client)
    }

    /// Whether tickets can be given to people of this role: to those of the desk who may answer.
    pub fn can_be_assigned(self) -> bool {
        self.is_staff() && self.may(Permission::TicketReply)
    }

    /// What the role may do.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Admin => &P::ALL,
            Self::Manager => &[
                P::TicketRead,
                P::TicketCreate,
                P::TicketReply,
                P::TicketUpdate,
                P::TicketAssign,
                P::TicketMerge,
                P::TicketDelete,
                P::TicketRate,
                P::TicketReadInternal,
                P::SlaRead,
                P::SlaManage,
                P::MailRead,
                P::MailManage,
                P::ReportRead,
                P::TimeManage,
                P::UserRead,
                P::DeskRead,
                P::DeskManage,
                P::AccessRead,
            ],
            Self::Agent => &[
                P::TicketRead,
                P::TicketCreate,
                P::TicketReply,
                P::TicketUpdate,
                P::TicketAssign,
                P::TicketMerge,
                P::TicketReadInternal,
                P::SlaRead,
                P::MailRead,
                P::UserRead,
                P::DeskRead,
            ],
            Self::Client => &[P::TicketRead, P::TicketCreate, P::TicketReply, P::TicketRate],
            Self::Analyst => &[P::TicketRead, P::TicketReadInternal, P::SlaRead, P::ReportRead, P::UserRead, P::DeskRead],
        }
    }

    /// Whether the role itself holds the permission, for anything at all.
    pub fn may(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }
}
