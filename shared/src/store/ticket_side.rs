//! What stands beside a ticket on its page: the requester's other tickets.

use serde::Deserialize;

use super::scope::{self, in_scope};
use crate::access::TicketScope;
use crate::database::TenantStatement;
use crate::tenant_statements;
use crate::ticket::{Reference, Status};

tenant_statements! {
    /// The latest tickets of a ticket's requester, but for that one.
    RECENT = concat!("SELECT t.number, t.title, t.status FROM tickets t
        WHERE t.tenant_id = ?1 AND t.deleted_at IS NULL
            AND t.requester_id = (SELECT requester_id FROM tickets
                WHERE tenant_id = ?1 AND id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)))
            AND t.id <> COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))",
        in_scope!("?4", "?5"), "ORDER BY t.updated_at DESC, t.number DESC LIMIT 5");
}

/// Another ticket of the same requester.
#[derive(Debug, Clone, Deserialize)]
pub struct RecentRow {
    /// Number.
    pub number: i64,
    /// Title.
    pub title: String,
    /// Status.
    pub status: Status,
}

/// Other tickets of the ticket's requester within the scope; read the rows as [`RecentRow`].
pub fn recent(ticket: &Reference, scope: &TicketScope) -> TenantStatement {
    RECENT.with([ticket.values(), scope::values(scope)].concat())
}
