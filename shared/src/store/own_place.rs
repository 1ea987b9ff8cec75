//! What one person has of their own on a ticket, in one row: their draft, what they have seen of it, how long they can take messages
//! back, and how far the ticket's list is.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::checklists::Progress;
use super::drafts::Draft;
use crate::database::{DbError, Rows, TenantStatement, bool_from_integer, optional_json_text};
use crate::id::{AttachmentId, UserId};
use crate::tenant_statements;
use crate::ticket::forward::Parcel;
use crate::ticket::{Reference, Visibility};

tenant_statements! {
    /// The row.
    FIND = "SELECT u.undo_seconds, d.visibility, d.body, d.revision, d.files, d.forward,
            COALESCE(c.done, 0) AS done, COALESCE(c.total, 0) AS total, l.seen_at,
            EXISTS (SELECT 1 FROM push_news n WHERE n.tenant_id = ?1 AND n.user_id = ?4 AND n.ticket_id = k.id) AS has_news
        FROM users u
            LEFT JOIN tickets k ON k.tenant_id = u.tenant_id
                AND k.id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
            LEFT JOIN ticket_drafts d ON d.tenant_id = u.tenant_id AND d.user_id = u.id AND d.ticket_id = k.id
            LEFT JOIN checklists c ON c.tenant_id = u.tenant_id AND c.ticket_id = k.id
            LEFT JOIN ticket_looks l ON l.tenant_id = u.tenant_id AND l.user_id = u.id AND l.ticket_id = k.id
        WHERE u.tenant_id = ?1 AND u.id = ?4 LIMIT 1";
}

/// The row.
#[derive(Debug, Clone, Default)]
pub struct OwnPlace {
    /// What they have begun to write.
    pub draft: Option<Draft>,
    /// For how many seconds they can take a message back.
    pub undo_seconds: i64,
    /// How far the ticket's list is.
    pub progress: Progress,
    /// How the ticket was when they saw it last: the moment of its change.
    pub seen_at: Option<DateTime<Utc>>,
    /// Whether their devices were told of it since.
    pub has_news: bool,
}

/// What `person` has of their own on a ticket; read the row with [`found`].
pub fn find(person: &UserId, ticket: &Reference) -> TenantStatement {
    let [id, number] = ticket.values();
    FIND.with(vec![id, number, person.into()])
}

/// The row of [`find`].
pub fn found(rows: &Rows) -> Result<OwnPlace, DbError> {
    #[derive(Deserialize)]
    struct Row {
        undo_seconds: i64,
        visibility: Option<Visibility>,
        body: Option<String>,
        revision: Option<i64>,
        #[serde(deserialize_with = "optional_json_text")]
        files: Option<Vec<AttachmentId>>,
        #[serde(deserialize_with = "optional_json_text")]
        forward: Option<Parcel>,
        done: i64,
        total: i64,
        #[serde(with = "chrono::serde::ts_milliseconds_option")]
        seen_at: Option<DateTime<Utc>>,
        #[serde(deserialize_with = "bool_from_integer")]
        has_news: bool,
    }
    let Some(row) = rows.first::<Row>()? else { return Ok(OwnPlace::default()) };
    let draft = match (row.visibility, row.body, row.revision) {
        (Some(visibility), Some(body), Some(revision)) => {
            Some(Draft { visibility, body, revision, files: row.files.unwrap_or_default(), forward: row.forward })
        }
        _ => None,
    };
    let progress = Progress { done: row.done, total: row.total };
    Ok(OwnPlace { draft, undo_seconds: row.undo_seconds, progress, seen_at: row.seen_at, has_news: row.has_news })
}
