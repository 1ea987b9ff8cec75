//! The numbers beside the queues, kept by the triggers of the schema.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement};
use crate::id::UserId;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// The counts that a member of staff sees.
    COUNTS = "SELECT queue, tickets FROM queue_counts
        WHERE tenant_id = ?1 AND queue IN ('open', 'unassigned', 'breaching', 'mail:unprocessed', 'assignee:' || ?2) LIMIT 10";
    /// What stayed resolved since before a moment.
    RESOLVED_BEFORE = "SELECT id FROM tickets WHERE tenant_id = ?1 AND status = 'resolved' AND deleted_at IS NULL AND resolved_at < ?2
        ORDER BY resolved_at LIMIT ?3";
    /// Since when the oldest message waits that is due.
    OLDEST_WAITING = "SELECT due_at FROM outbox WHERE tenant_id = ?1 AND state IN ('queued', 'sending') AND due_at <= ?2 ORDER BY due_at LIMIT 1";
}

/// The counts, ready for the navigation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Unfinished tickets of the person.
    pub mine: i64,
    /// Unfinished tickets of nobody.
    pub unassigned: i64,
    /// Unfinished tickets that are near or past a due moment.
    pub breaching: i64,
    /// All unfinished tickets.
    pub open: i64,
    /// Mails that wait for a person.
    pub unprocessed: i64,
}

/// Asks for the counts of a person.
pub fn counts(user: &UserId) -> TenantStatement {
    COUNTS.with(values![user])
}

/// Tickets that stayed resolved since before a moment, oldest first.
pub fn resolved_before(moment: DateTime<Utc>, limit: u32) -> TenantStatement {
    RESOLVED_BEFORE.with(values![moment, limit])
}

/// Since when the oldest due message waits; read the row as [`Waiting`].
pub fn oldest_waiting(now: DateTime<Utc>) -> TenantStatement {
    OLDEST_WAITING.with(values![now])
}

/// A message that waits.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Waiting {
    /// Since when it is due, milliseconds since 1970.
    pub due_at: i64,
}

/// Reads them.
pub fn read(rows: &Rows) -> Result<Counts, DbError> {
    #[derive(Deserialize)]
    struct Row {
        queue: String,
        tickets: i64,
    }
    let mut counts = Counts::default();
    for row in rows.all::<Row>()? {
        match row.queue.as_str() {
            "open" => counts.open = row.tickets,
            "unassigned" => counts.unassigned = row.tickets,
            "breaching" => counts.breaching = row.tickets,
            "mail:unprocessed" => counts.unprocessed = row.tickets,
            _ => counts.mine = row.tickets,
        }
    }
    Ok(counts)
}
