//! Tickets that their assignees have put off.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::TenantStatement;
use crate::id::{TicketId, UserId};
use crate::limits::SNOOZED_MAX;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// Puts it off.
    SNOOZE = "UPDATE tickets SET snoozed_until = ?3, woken_at = NULL WHERE tenant_id = ?1 AND id = ?2";
    /// Whoever has it has room for one more.
    GUARD_ROOM = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit', (SELECT COUNT(*) FROM tickets INDEXED BY tickets_snoozed
        WHERE tenant_id = ?1 AND assignee_id = ?2 AND snoozed_until IS NOT NULL) < ?3";
    /// Back into the queue; `?3` says when it came back by itself.
    WAKE = "UPDATE tickets SET snoozed_until = NULL, woken_at = ?3 WHERE tenant_id = ?1 AND id = ?2";
    /// What is due.
    DUE = "SELECT id FROM tickets INDEXED BY tickets_snoozed_due WHERE tenant_id = ?1 AND snoozed_until <= ?2 ORDER BY snoozed_until LIMIT ?3";
}

/// A ticket whose time has come.
#[derive(Debug, Clone, Deserialize)]
pub struct Due {
    /// Id.
    pub id: TicketId,
}

/// Puts a ticket off until a moment in milliseconds; refuses the batch (`limit`) when its assignee has put off too many.
pub fn snooze(ticket: &TicketId, assignee: &UserId, until_ms: i64) -> [TenantStatement; 2] {
    [GUARD_ROOM.with(values![assignee, SNOOZED_MAX]), SNOOZE.with(values![ticket, until_ms])]
}

/// Puts a ticket back into the queue. `by_itself` marks it until its assignee has looked.
pub fn wake(ticket: &TicketId, by_itself: Option<DateTime<Utc>>) -> TenantStatement {
    WAKE.with(values![ticket, by_itself])
}

/// What is due at a moment; read the rows as [`Due`].
pub fn due(now: DateTime<Utc>, limit: u32) -> TenantStatement {
    DUE.with(values![now, limit])
}
