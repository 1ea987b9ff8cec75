//! What stands behind a department: its people, its open tickets, and the tickets that leave it once it is archived.

use serde::Deserialize;

use super::users::Status;
use crate::access::Role;
use crate::database::TenantStatement;
use crate::id::{DepartmentId, TicketId, UserId};
use crate::tenant_statements;
use crate::values;

/// Open tickets and people of a department that are counted: more are told as more.
pub const COUNTED_MAX: u32 = 200;

/// How many people and open tickets each of these departments has, one more than [`COUNTED_MAX`] at most.
macro_rules! standing {
    ($which:literal) => {
        concat!(
            "SELECT d.id, (SELECT COUNT(*) FROM (SELECT 1 FROM users INDEXED BY users_by_department WHERE tenant_id = ?1 AND department_id = d.id
                AND role <> 'client' AND status = 'active' AND is_service = 0 LIMIT ?3)) AS people,
            (SELECT COUNT(*) FROM (SELECT 1 FROM tickets INDEXED BY tickets_by_department WHERE tenant_id = ?1 AND department_id = d.id
                AND is_open = 1 AND deleted_at IS NULL LIMIT ?3)) AS tickets FROM departments d WHERE d.tenant_id = ?1 ",
            $which
        )
    };
}

tenant_statements! {
    /// Of all of them.
    STANDINGS = standing!("LIMIT ?2");
    /// Of one.
    STANDING = standing!("AND d.id = ?2 LIMIT 1");
    /// The people of the desk who belong to one.
    MEMBERS = "SELECT id, name, email, role, version FROM users INDEXED BY users_by_department WHERE tenant_id = ?1 AND department_id = ?2
        AND role <> 'client' AND status = 'active' AND is_service = 0 ORDER BY sort_name, id LIMIT ?3";
    /// Those that open tickets are leaving, with whoever said so.
    LEAVING = "SELECT d.id, d.moves_to, u.id AS user_id, u.name, u.email, u.status FROM departments d
        JOIN users u ON u.tenant_id = d.tenant_id AND u.id = d.moves_by WHERE d.tenant_id = ?1 AND d.moves_to IS NOT NULL LIMIT 10";
    /// Some of its open tickets, those first that were changed longest ago.
    OPEN_TICKETS = "SELECT id FROM tickets INDEXED BY tickets_by_department WHERE tenant_id = ?1 AND department_id = ?2 AND is_open = 1
        AND deleted_at IS NULL ORDER BY updated_at, number LIMIT ?3";
    /// They leave it for there at this moment.
    GUARD_MOVING = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        EXISTS (SELECT 1 FROM departments WHERE tenant_id = ?1 AND id = ?2 AND moves_to = ?3)";
    /// None leave it for there any more.
    END_MOVE = "UPDATE departments SET moves_to = NULL, moves_by = NULL WHERE tenant_id = ?1 AND id = ?2 AND moves_to = ?3";
}

/// How much there is of a department, up to one more than [`COUNTED_MAX`].
#[derive(Debug, Clone, Deserialize)]
pub struct Standing {
    /// Which.
    pub id: DepartmentId,
    /// People of the desk.
    pub people: i64,
    /// Open tickets.
    pub tickets: i64,
}

/// Somebody who belongs to a department.
#[derive(Debug, Clone, Deserialize)]
pub struct Member {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Counts the changes of the person.
    pub version: i64,
}

/// A department that open tickets are leaving.
#[derive(Debug, Clone, Deserialize)]
pub struct Leaving {
    /// Which.
    pub id: DepartmentId,
    /// Where they go.
    pub moves_to: DepartmentId,
    /// Who said so.
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Whether they can sign in.
    pub status: Status,
}

/// Only an id.
#[derive(Debug, Deserialize)]
pub struct TicketIdRow {
    /// Id.
    pub id: TicketId,
}

/// How much there is of up to `limit` departments; read the rows as [`Standing`].
pub fn standings(limit: u32) -> TenantStatement {
    STANDINGS.with(values![limit, COUNTED_MAX + 1])
}

/// How much there is of one department; read the row as [`Standing`].
pub fn standing(id: &DepartmentId) -> TenantStatement {
    STANDING.with(values![id, COUNTED_MAX + 1])
}

/// Up to [`COUNTED_MAX`] people of the desk who belong to it; read the rows as [`Member`].
pub fn members(id: &DepartmentId) -> TenantStatement {
    MEMBERS.with(values![id, COUNTED_MAX])
}

/// Some that open tickets are leaving; read the rows as [`Leaving`].
pub fn leaving() -> TenantStatement {
    LEAVING.with(values![])
}

/// Up to `limit` of its open tickets; read the rows as [`TicketIdRow`].
pub fn open_tickets(id: &DepartmentId, limit: u32) -> TenantStatement {
    OPEN_TICKETS.with(values![id, limit])
}

/// Refuses the batch (`conflict`) unless its open tickets are leaving for there at this moment.
pub fn guard_moving(id: &DepartmentId, to: &DepartmentId) -> TenantStatement {
    GUARD_MOVING.with(values![id, to])
}

/// Ends the move of its open tickets, if it is still the one to there.
pub fn end_move(id: &DepartmentId, to: &DepartmentId) -> TenantStatement {
    END_MOVE.with(values![id, to])
}
