//! Who is asking, and what they may do.
//!
//! Roles are sets of permissions (specification 2.3.1); a route names the permission that it needs, and rows are further
//! narrowed by [`TicketScope`]. A thing outside the scope is "not found", never "forbidden": its existence is no one's business.

mod actor;
mod clause;
mod explanation;
mod held;
mod holding;
mod key;
mod lender;
mod network;
mod permission;
mod permissions;
mod policy;
mod rights;
mod role;
mod standing;
#[cfg(test)]
mod tests;
mod until;

pub use actor::{Actor, Person};
pub use clause::{Attribute, Clause, Test, TicketFacts};
pub use explanation::{Explanation, Source};
pub use held::{Held, Lent};
pub use holding::{Holder, Holding, Reach, of_role};
pub use key::ApiKey;
pub use lender::Lender;
pub use network::Network;
pub use permission::Permission;
pub use permissions::Permissions;
pub use policy::{Circumstances, Condition, Effect, Policy, Subject};
pub use rights::{Rights, TicketScope};
pub use role::Role;
pub use standing::{SessionKind, Standing};
pub use until::Until;

/// What a route asks of its caller. There is no default: a route that states none does not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody on a tenant's host.
    Public,
    /// Any person who is signed in.
    SignedIn,
    /// A person whose role holds the permission.
    Requires(Permission),
    /// Anybody who is not signed in; of those who are, a person whose role holds the permission. Whether visitors are welcome at
    /// all is for the tenant to say: the handler asks.
    VisitorOr(Permission),
    /// A machine with the service token (mail relays).
    Service,
    /// Anybody on the platform's own host.
    Platform,
    /// An operator of the platform, on the platform's own host.
    Operator,
    /// Anybody, on every known host: health, API description, robots.
    AnyHost,
}

impl Access {
    /// The permission that a signed-in person must hold, if it is one.
    pub fn permission(self) -> Option<Permission> {
        match self {
            Self::Requires(permission) | Self::VisitorOr(permission) => Some(permission),
            _ => None,
        }
    }
}
