//! Which state of a ticket somebody has seen last: what is newer is news to them.

use chrono::{DateTime, Utc};

use crate::database::{TenantStatement, list};
use crate::id::{TicketId, UserId};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// Somebody has seen a ticket as it was at a moment. Closed ones bring no news, and nothing is written twice.
    SEEN = "INSERT INTO ticket_looks (tenant_id, user_id, ticket_id, seen_at)
        SELECT ?1, ?2, ?3, ?4 FROM tickets WHERE tenant_id = ?1 AND id = ?3 AND status <> 'closed' AND deleted_at IS NULL
        ON CONFLICT (tenant_id, user_id, ticket_id) DO UPDATE SET seen_at = excluded.seen_at WHERE ticket_looks.seen_at < excluded.seen_at";
    /// Somebody has changed these tickets: that change is no news to them, where they had seen what was before.
    CHANGED = "UPDATE ticket_looks SET seen_at = ?4 WHERE tenant_id = ?1 AND user_id = ?2
        AND ticket_id IN (SELECT value FROM json_each(?3))";
}

/// Notes that `user` has seen the ticket as it was last changed at `changed_at`.
pub fn seen(user: &UserId, ticket: &TicketId, changed_at: DateTime<Utc>) -> TenantStatement {
    SEEN.with(values![user, ticket, changed_at])
}

/// Notes that `user` has changed these tickets at `now`.
pub fn changed(user: &UserId, tickets: &[TicketId], now: DateTime<Utc>) -> TenantStatement {
    CHANGED.with(values![user, list(tickets), now])
}
