//! The full-text index: one row a ticket, written in the batch that writes the text itself.
//!
//! `scope` holds the tenant's id as one token, so a search never leaves the tenant inside the engine either. Texts of
//! internal notes have a column of their own that clients' searches do not name.
//!
//! A column keeps the latest [`COLUMN_CHARS_MAX`] characters. Words cannot be taken out of it again, so a ticket that loses comments to
//! another one is indexed anew from what it still holds, in the batch that moves them and under the guard of the version that was read.

use serde::Deserialize;

use crate::database::TenantStatement;
use crate::id::{CommentId, TicketId};
use crate::search::indexed;
use crate::tenant_statements;
use crate::ticket::{Reference, Visibility};
use crate::values;

/// Characters that a column of the index keeps of a ticket; the statements name the figure as it stands here.
pub const COLUMN_CHARS_MAX: usize = 200_000;

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
    /// All words but the title, in place of those that stand there.
    REPLACE_TEXTS = "UPDATE ticket_search SET body = substr(?3, -200000), notes = substr(?4, -200000)
        WHERE rowid = (SELECT row FROM search_rows WHERE tenant_id = ?1 AND ticket_id = ?2)";
    /// All words but the title of another ticket beside one's own.
    ABSORB = "UPDATE ticket_search SET
            body = substr(body || ' ' || (SELECT o.body FROM ticket_search o WHERE o.rowid =
                (SELECT row FROM search_rows WHERE tenant_id = ?1 AND ticket_id = ?3)), -200000),
            notes = substr(notes || ' ' || (SELECT o.notes FROM ticket_search o WHERE o.rowid =
                (SELECT row FROM search_rows WHERE tenant_id = ?1 AND ticket_id = ?3)), -200000)
        WHERE rowid = (SELECT row FROM search_rows WHERE tenant_id = ?1 AND ticket_id = ?2)
            AND EXISTS (SELECT 1 FROM search_rows WHERE tenant_id = ?1 AND ticket_id = ?3)";
    /// The latest comments of a ticket, as many of each kind as the index has room for, oldest first.
    TEXTS = "SELECT id, visibility, body FROM (SELECT c.id, c.visibility, substr(c.body, 1, 65536) AS body, c.created_at,
                SUM(length(c.body)) OVER (PARTITION BY c.visibility ORDER BY c.created_at DESC, c.id DESC) - length(c.body) AS later
            FROM ticket_comments c
            WHERE c.tenant_id = ?1 AND c.ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)))
        WHERE later < 300000 ORDER BY created_at, id LIMIT 5000";
    /// The same of the ticket that a child was merged into.
    TEXTS_OF_PARENT = "SELECT id, visibility, body FROM (SELECT c.id, c.visibility, substr(c.body, 1, 65536) AS body, c.created_at,
                SUM(length(c.body)) OVER (PARTITION BY c.visibility ORDER BY c.created_at DESC, c.id DESC) - length(c.body) AS later
            FROM ticket_comments c
            WHERE c.tenant_id = ?1 AND c.ticket_id = (SELECT parent_id FROM ticket_merges WHERE tenant_id = ?1
                AND child_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))))
        WHERE later < 300000 ORDER BY created_at, id LIMIT 5000";
}

/// A comment's text, to be indexed.
#[derive(Debug, Clone, Deserialize)]
pub struct TextRow {
    /// The comment.
    pub id: CommentId,
    /// Who sees it.
    pub visibility: Visibility,
    /// The text.
    pub body: String,
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

/// What the index holds of a ticket's comments: the latest ones. Read the rows as [`TextRow`].
pub fn texts(ticket: &Reference) -> TenantStatement {
    TEXTS.with(ticket.values().to_vec())
}

/// The same of the ticket that this one was merged into.
pub fn texts_of_parent(child: &Reference) -> TenantStatement {
    TEXTS_OF_PARENT.with(child.values().to_vec())
}

/// Indexes a ticket anew: its description and these comments, oldest first. The title stays.
pub fn replace_texts<'t>(
    ticket: &TicketId,
    description: &str,
    comments: impl IntoIterator<Item = &'t TextRow>,
) -> TenantStatement {
    let (mut body, mut notes) = (indexed(description), String::new());
    for comment in comments {
        let column = if comment.visibility == Visibility::Internal { &mut notes } else { &mut body };
        column.push(' ');
        column.push_str(&indexed(&comment.body));
    }
    REPLACE_TEXTS.with(values![ticket, latest(&body), latest(&notes)])
}

/// Gives a ticket the words of another one as well, all but its title.
pub fn absorb(ticket: &TicketId, other: &TicketId) -> TenantStatement {
    ABSORB.with(values![ticket, other])
}

/// The last characters that a column has room for.
fn latest(text: &str) -> &str {
    let surplus = text.chars().count().saturating_sub(COLUMN_CHARS_MAX);
    text.char_indices().nth(surplus).and_then(|(start, _)| text.get(start..)).unwrap_or_default()
}
