//! The timeline of a ticket: who changed what, when, from and to.

use chrono::{DateTime, Utc};

use crate::database::{DbError, Rows, TenantStatement};
use crate::id::{EventId, TicketId};
use crate::tenant_statements;
use crate::ticket::{HistoryRow, Reference, Visibility};
use crate::values;

tenant_statements! {
    /// One more line.
    INSERT_LINE = "INSERT INTO ticket_history (tenant_id, id, ticket_id, at, actor, kind, visibility, old_value, new_value)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    /// One more line, about a ticket that got its number in the same batch.
    INSERT_LINE_ABOUT = "INSERT INTO ticket_history (tenant_id, id, ticket_id, at, actor, kind, visibility, old_value, new_value)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 || t.number FROM tickets t WHERE t.tenant_id = ?1 AND t.id = ?10";
    /// The latest lines of a ticket before a moment, newest first; the reader turns them round.
    LINES = "SELECT h.id, h.at, h.actor, u.name AS actor_name, h.kind, h.visibility, h.old_value, h.new_value
        FROM ticket_history h LEFT JOIN users u ON u.tenant_id = h.tenant_id AND u.id = h.actor
        WHERE h.tenant_id = ?1 AND h.ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
          AND (h.at, h.id) < (?4, ?5)
        ORDER BY h.at DESC, h.id DESC LIMIT ?6";
    /// The same of those that clients see.
    PUBLIC_LINES = "SELECT h.id, h.at, h.actor, u.name AS actor_name, h.kind, h.visibility, h.old_value, h.new_value
        FROM ticket_history h LEFT JOIN users u ON u.tenant_id = h.tenant_id AND u.id = h.actor
        WHERE h.tenant_id = ?1 AND h.ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
          AND (h.at, h.id) < (?4, ?5) AND h.visibility = 'public'
        ORDER BY h.at DESC, h.id DESC LIMIT ?6";
}

/// Later than any line, and still exact in a double: the end of time of chrono lies beyond.
const MOMENT_MAX: i64 = 9_000_000_000_000_000;

/// A line to write.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Id.
    pub id: EventId,
    /// Of which ticket.
    pub ticket: &'a TicketId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who: `usr_...`, `system`, `anonymous`.
    pub actor: &'a str,
    /// What: `created`, `status`, `priority`, `assignee`, `comment`, `note`, ...
    pub kind: &'a str,
    /// Who sees the line.
    pub visibility: Visibility,
    /// Before: the stable name of a status or priority, the reading text of everything else.
    pub from: Option<String>,
    /// After, in the same manner.
    pub to: Option<String>,
}

/// Writes the line.
pub fn append(line: Line<'_>) -> TenantStatement {
    INSERT_LINE.with(values![&line.id, line.ticket, line.at, line.actor, line.kind, line.visibility.as_str(), line.from, line.to])
}

/// Writes the line with the number of `about` behind what it is `to`.
pub fn append_about(line: Line<'_>, about: &TicketId) -> TenantStatement {
    INSERT_LINE_ABOUT.with(values![
        &line.id,
        line.ticket,
        line.at,
        line.actor,
        line.kind,
        line.visibility.as_str(),
        line.from,
        line.to,
        about
    ])
}

/// The latest lines of a ticket, at most `limit`; without the internal ones unless `internal`.
pub fn of_ticket(ticket: &Reference, internal: bool, limit: u32) -> TenantStatement {
    before(ticket, internal, DateTime::<Utc>::MAX_UTC, limit)
}

/// The latest lines before a moment, in the same manner.
pub fn before(ticket: &Reference, internal: bool, moment: DateTime<Utc>, limit: u32) -> TenantStatement {
    // No id is less than this one: of the moment itself nothing is read.
    before_line(ticket, internal, (moment.timestamp_millis().min(MOMENT_MAX), ""), limit)
}

/// The latest lines before a line, which its moment (milliseconds since 1970) and id name, in the same manner.
pub fn before_line(ticket: &Reference, internal: bool, line: (i64, &str), limit: u32) -> TenantStatement {
    let [id, number] = ticket.values();
    let statement = if internal { LINES } else { PUBLIC_LINES };
    statement.with(vec![id, number, line.0.into(), line.1.into(), limit.into()])
}

/// The lines of [`of_ticket`], [`before`] and [`before_line`], oldest first.
pub fn lines(rows: &Rows) -> Result<Vec<HistoryRow>, DbError> {
    let mut lines: Vec<HistoryRow> = rows.all()?;
    lines.reverse();
    Ok(lines)
}
