//! What stands beside a ticket on its page: choices for its fields, and the requester's other tickets.

use serde::Deserialize;

use crate::database::TenantStatement;
use crate::id::DepartmentId;
use crate::tenant_statements;
use crate::ticket::{Reference, Status};
use crate::values;

tenant_statements! {
    /// Every department that is in use.
    DEPARTMENTS = "SELECT id, name FROM departments WHERE tenant_id = ?1 AND archived_at IS NULL LIMIT 200";
    /// The latest tickets of a ticket's requester, but for that one.
    RECENT = "SELECT number, title, status FROM tickets
        WHERE tenant_id = ?1 AND deleted_at IS NULL
            AND requester_id = (SELECT requester_id FROM tickets
                WHERE tenant_id = ?1 AND id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)))
            AND id <> COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
        ORDER BY updated_at DESC, number DESC LIMIT 5";
    /// Name of the calendar that a ticket's clocks count by.
    CALENDAR_NAME = "SELECT c.name FROM tickets t JOIN sla_calendars c ON c.tenant_id = t.tenant_id AND c.id = t.sla_calendar_id
        WHERE t.tenant_id = ?1 AND t.id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)) LIMIT 1";
}

/// A department.
#[derive(Debug, Clone, Deserialize)]
pub struct DepartmentRow {
    /// Id.
    pub id: DepartmentId,
    /// Name.
    pub name: String,
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

/// A name.
#[derive(Debug, Clone, Deserialize)]
pub struct NameRow {
    /// The name.
    pub name: String,
}

/// Every department; read the rows as [`DepartmentRow`].
pub fn departments() -> TenantStatement {
    DEPARTMENTS.with(values![])
}

/// Other tickets of the ticket's requester; read the rows as [`RecentRow`].
pub fn recent(ticket: &Reference) -> TenantStatement {
    RECENT.with(ticket.values().to_vec())
}

/// The name of the ticket's calendar, no row where it counts by the standard one; read it as [`NameRow`].
pub fn calendar_name(ticket: &Reference) -> TenantStatement {
    CALENDAR_NAME.with(ticket.values().to_vec())
}
