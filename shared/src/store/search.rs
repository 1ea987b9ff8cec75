//! The full-text index: one row a ticket, written in the batch that writes the text itself.
//!
//! `scope` holds the tenant's id as one token, so a search never leaves the tenant inside the engine either. Texts of
//! internal notes have a column of their own that clients' searches do not name.

use crate::database::TenantStatement;
use crate::id::TicketId;
use crate::search::indexed;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// Gives a ticket its place in the index.
    INSERT_ROW = "INSERT INTO search_rows (tenant_id, ticket_id) VALUES (?1, ?2)";
    /// The ticket's first words.
    INSERT_TEXT = "INSERT INTO ticket_search (rowid, scope, title, body, notes)
        SELECT row, substr(?1, 5), ?3, ?4, '' FROM search_rows WHERE tenant_id = ?1 AND ticket_id = ?2";
    /// A new title.
    UPDATE_TITLE = "UPDATE ticket_search SET title = ?3
        WHERE rowid = (SELECT row FROM search_rows WHERE tenant_id = ?1 AND ticket_id = ?2)";
    /// More words that everybody on the ticket may find.
    APPEND_BODY = "UPDATE ticket_search SET body = substr(body || ' ' || ?3, -200000)
        WHERE rowid = (SELECT row FROM search_rows WHERE tenant_id = ?1 AND ticket_id = ?2)";
    /// More words that only staff may find.
    APPEND_NOTES = "UPDATE ticket_search SET notes = substr(notes || ' ' || ?3, -200000)
        WHERE rowid = (SELECT row FROM search_rows WHERE tenant_id = ?1 AND ticket_id = ?2)";
}

/// Puts a new ticket into the index.
pub fn index_ticket(ticket: &TicketId, title: &str, description: &str) -> Vec<TenantStatement> {
    vec![INSERT_ROW.with(values![ticket]), INSERT_TEXT.with(values![ticket, indexed(title), indexed(description)])]
}

/// Replaces the title.
pub fn update_title(ticket: &TicketId, title: &str) -> TenantStatement {
    UPDATE_TITLE.with(values![ticket, indexed(title)])
}

/// Adds a comment's text; an internal one to the column that clients do not search.
pub fn append_text(ticket: &TicketId, text: &str, internal: bool) -> TenantStatement {
    let statement = if internal { APPEND_NOTES } else { APPEND_BODY };
    statement.with(values![ticket, indexed(text)])
}
