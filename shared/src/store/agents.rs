//! The people of the desk, for choices on its pages.

use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement};
use crate::id::UserId;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// Those who can be assigned a ticket: active agents, managers and administrators. Without the name of the index the whole tenant is read.
    ASSIGNABLE = "SELECT id, name, email FROM users INDEXED BY users_by_role WHERE tenant_id = ?1 AND role IN ('admin', 'agent', 'manager') AND status = 'active' LIMIT 300";
}

/// A member of the desk.
#[derive(Debug, Clone, Deserialize)]
pub struct Agent {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// Asks for those who can be assigned a ticket.
pub fn assignable() -> TenantStatement {
    ASSIGNABLE.with(values![])
}

/// Reads them, by name.
pub fn read(rows: &Rows) -> Result<Vec<Agent>, DbError> {
    let mut agents: Vec<Agent> = rows.all()?;
    agents.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(agents)
}
