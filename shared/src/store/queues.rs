//! The numbers beside the queues, kept by the triggers of the schema.

use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement};
use crate::id::UserId;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// The counts that a member of staff sees.
    COUNTS = "SELECT queue, tickets FROM queue_counts
        WHERE tenant_id = ?1 AND queue IN ('open', 'unassigned', 'breaching', 'mail:unprocessed', 'assignee:' || ?2) LIMIT 10";
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
