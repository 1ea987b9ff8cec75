//! What stands beside a ticket on its page: the requester's other tickets.

use serde::Deserialize;

use crate::database::TenantStatement;
use crate::tenant_statements;
use crate::ticket::{Reference, Status};

tenant_statements! {
    /// The latest tickets of a ticket's requester, but for that one.
    RECENT = "SELECT number, title, status FROM tickets
        WHERE tenant_id = ?1 AND deleted_at IS NULL
            AND requester_id = (SELECT requester_id FROM tickets
                WHERE tenant_id = ?1 AND id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)))
            AND id <> COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
        ORDER BY updated_at DESC, number DESC LIMIT 5";
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

/// Other tickets of the ticket's requester; read the rows as [`RecentRow`].
pub fn recent(ticket: &Reference) -> TenantStatement {
    RECENT.with(ticket.values().to_vec())
}
