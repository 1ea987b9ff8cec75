//! The numbers beside the queues, kept by the triggers of the schema.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement};
use crate::id::UserId;
use crate::limits::{SNOOZED_MAX, VIEWS_IN_NAVIGATION};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// The counts that a member of staff sees, their views and the density of their lists: what the navigation of every page shows.
    COUNTS = "SELECT queue, tickets, NULL AS name FROM queue_counts
            WHERE tenant_id = ?1 AND queue IN ('open', 'unassigned', 'breaching', 'mail:unprocessed', 'assignee:' || ?2)
        UNION ALL SELECT own.key, own.value, NULL FROM json_each(json_object(
            'snoozed', (SELECT COUNT(*) FROM (SELECT 1 FROM tickets INDEXED BY tickets_snoozed
                WHERE tenant_id = ?1 AND assignee_id = ?2 AND snoozed_until IS NOT NULL LIMIT ?4)),
            'reminders', (SELECT COUNT(*) FROM (SELECT 1 FROM reminders INDEXED BY reminders_rung
                WHERE tenant_id = ?1 AND user_id = ?2 AND rung_at IS NOT NULL LIMIT 100)),
            'compact', (SELECT compact_lists FROM users WHERE tenant_id = ?1 AND id = ?2))) own
        UNION ALL SELECT * FROM (SELECT id, 1, name FROM ticket_views INDEXED BY ticket_views_by_owner
            WHERE tenant_id = ?1 AND owner_id = ?2 ORDER BY position, id LIMIT ?3)
        UNION ALL SELECT * FROM (SELECT id, 0, name FROM ticket_views INDEXED BY ticket_views_of_desk
            WHERE tenant_id = ?1 AND shared = 'desk' AND owner_id <> ?2 ORDER BY position, id LIMIT ?3)
        UNION ALL SELECT * FROM (SELECT v.id, 0, v.name FROM group_members m
                CROSS JOIN ticket_views v INDEXED BY ticket_views_by_group ON v.tenant_id = m.tenant_id AND v.group_id = m.group_id
            WHERE m.tenant_id = ?1 AND m.user_id = ?2 AND v.owner_id <> ?2 LIMIT ?3)
        LIMIT 50";
    /// The counts of all queues of one kind: those whose names begin alike.
    KIND = "SELECT queue, tickets FROM queue_counts WHERE tenant_id = ?1 AND queue >= ?2 AND queue < ?3 LIMIT 1000";
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
    /// Those of them that the person has put off, which `mine` does not count.
    pub snoozed: i64,
    /// Reminders of the person that are due.
    pub reminders: i64,
    /// Unfinished tickets of nobody.
    pub unassigned: i64,
    /// Unfinished tickets that are near or past a due moment.
    pub breaching: i64,
    /// All unfinished tickets.
    pub open: i64,
    /// Mails that wait for a person.
    pub unprocessed: i64,
    /// Whether the person wants dense lists.
    pub is_compact: bool,
    /// Views that the person saved, then those that are shared with them.
    pub views: Vec<ViewName>,
}

/// A view in the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewName {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether it is the person's own.
    pub is_own: bool,
}

/// Asks for the counts of a person.
pub fn counts(user: &UserId) -> TenantStatement {
    COUNTS.with(values![user, VIEWS_IN_NAVIGATION, SNOOZED_MAX])
}

/// Asks for the counts of all queues `kind:...`; read the rows as [`QueueCount`].
pub fn of_kind(kind: &str) -> TenantStatement {
    KIND.with(values![format!("{kind}:"), format!("{kind};")])
}

/// A queue and how many tickets it has.
#[derive(Debug, Clone, Deserialize)]
pub struct QueueCount {
    /// Its name.
    pub queue: String,
    /// How many.
    pub tickets: i64,
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
        name: Option<String>,
    }
    let mut counts = Counts::default();
    for row in rows.all::<Row>()? {
        if let Some(name) = row.name {
            counts.views.push(ViewName { id: row.queue, name, is_own: row.tickets == 1 });
            continue;
        }
        match row.queue.as_str() {
            "compact" => counts.is_compact = row.tickets == 1,
            "snoozed" => counts.snoozed = row.tickets,
            "reminders" => counts.reminders = row.tickets,
            "open" => counts.open = row.tickets,
            "unassigned" => counts.unassigned = row.tickets,
            "breaching" => counts.breaching = row.tickets,
            "mail:unprocessed" => counts.unprocessed = row.tickets,
            _ => counts.mine = row.tickets,
        }
    }
    counts.mine = (counts.mine - counts.snoozed).max(0);
    Ok(counts)
}
