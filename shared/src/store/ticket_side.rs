//! What stands beside a ticket on its page: choices for its fields, and the requester's other tickets.

use serde::Deserialize;

use crate::database::TenantStatement;
use crate::id::{DepartmentId, TicketId, UserId};
use crate::tenant_statements;
use crate::ticket::Status;
use crate::values;

tenant_statements! {
    /// Every department that is in use.
    DEPARTMENTS = "SELECT id, name FROM departments WHERE tenant_id = ?1 AND archived_at IS NULL LIMIT 200";
    /// The latest tickets of a requester, but for one.
    RECENT = "SELECT number, title, status FROM tickets WHERE tenant_id = ?1 AND requester_id = ?2 AND id <> ?3 AND deleted_at IS NULL
        ORDER BY updated_at DESC, number DESC LIMIT 5";
    /// Name of a calendar.
    CALENDAR_NAME = "SELECT name FROM sla_calendars WHERE tenant_id = ?1 AND id = ?2 LIMIT 1";
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

/// The requester's other tickets; read the rows as [`RecentRow`].
pub fn recent(requester: &UserId, but: &TicketId) -> TenantStatement {
    RECENT.with(values![requester, but])
}

/// The name of a calendar; read the row as [`NameRow`].
pub fn calendar_name(calendar: &crate::id::CalendarId) -> TenantStatement {
    CALENDAR_NAME.with(values![calendar])
}
