//! Lists of what is to be done on tickets: one row a ticket, its items a JSON array.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::checklist::{Checklist, Item};
use crate::database::{DbError, Rows, TenantStatement};
use crate::id::{TicketId, UserId};
use crate::tenant_statements;
use crate::ticket::Reference;
use crate::values;

tenant_statements! {
    /// The list of a ticket.
    OF_TICKET = "SELECT items, version FROM checklists WHERE tenant_id = ?1
        AND ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)) LIMIT 1";
    /// The names of those who have done something on it.
    PEOPLE = "SELECT u.id, u.name FROM users u WHERE u.tenant_id = ?1 AND u.id IN (SELECT json_extract(j.value, '$.done_by')
        FROM checklists c, json_each(c.items) j WHERE c.tenant_id = ?1
            AND c.ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))) LIMIT 50";
    /// Nobody has changed it since it was read.
    GUARD_VERSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        COALESCE((SELECT version FROM checklists WHERE tenant_id = ?1 AND ticket_id = ?2), 0) = ?3";
    /// All of it anew.
    SAVE = "INSERT INTO checklists (tenant_id, ticket_id, items, done, total, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (tenant_id, ticket_id) DO UPDATE SET items = excluded.items, done = excluded.done, total = excluded.total,
            version = excluded.version";
}

/// The list of a ticket; read the row with [`read`].
pub fn of_ticket(ticket: &Reference) -> TenantStatement {
    OF_TICKET.with(ticket.values().to_vec())
}

/// The row of [`of_ticket`]; an empty list where there is none.
pub fn read(rows: &Rows) -> Result<Checklist, DbError> {
    #[derive(Deserialize)]
    struct Row {
        items: String,
        version: i64,
    }
    let Some(row) = rows.first::<Row>()? else { return Ok(Checklist::default()) };
    let items: Vec<Item> = serde_json::from_str(&row.items).map_err(|error| DbError::Broken(format!("a checklist: {error}")))?;
    Ok(Checklist { items, version: row.version })
}

/// The names of those who have done something on it; read the rows with [`names`].
pub fn people(ticket: &Reference) -> TenantStatement {
    PEOPLE.with(ticket.values().to_vec())
}

/// The rows of [`people`].
pub fn names(rows: &Rows) -> Result<BTreeMap<UserId, String>, DbError> {
    #[derive(Deserialize)]
    struct Row {
        id: UserId,
        name: String,
    }
    Ok(rows.all::<Row>()?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// How far a list is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Progress {
    /// Items that are done.
    pub done: i64,
    /// All items.
    pub total: i64,
}

/// Saves a list that was read at `list.version`; refuses the batch (`stale_version`) when it was changed since, and counts it up.
pub fn save(ticket: &TicketId, list: &Checklist) -> [TenantStatement; 2] {
    let items = serde_json::to_string(&list.items).unwrap_or_else(|_| "[]".to_owned());
    let (done, total) = (i64::try_from(list.done()).unwrap_or(0), i64::try_from(list.items.len()).unwrap_or(0));
    [GUARD_VERSION.with(values![ticket, list.version]), SAVE.with(values![ticket, items, done, total, list.next_version()])]
}
