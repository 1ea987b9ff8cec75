//! What people have begun to write: one draft a person and ticket, and one for the ticket that is still to be opened.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement, json_text, optional_json_text};
use crate::id::{AttachmentId, TicketId, UserId};
use crate::tenant_statements;
use crate::ticket::forward::Parcel;
use crate::ticket::{Reference, Visibility};
use crate::values;

tenant_statements! {
    /// Somebody's draft on a ticket.
    FIND = "SELECT visibility, body, revision, files, forward FROM ticket_drafts WHERE tenant_id = ?1 AND user_id = ?4
        AND ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)) LIMIT 1";
    /// Saves it; what was there is replaced. Where a message that was taken back was to be forwarded is kept by a page alone that knows what
    /// stands here and goes on with it as with such a message (`?7`); any other text is nothing to forward.
    SAVE = "INSERT INTO ticket_drafts (tenant_id, user_id, ticket_id, visibility, body, revision, saved_at)
        VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6)
        ON CONFLICT (tenant_id, user_id, ticket_id) DO UPDATE SET visibility = excluded.visibility, body = excluded.body,
            forward = CASE WHEN ticket_drafts.revision = ?7 THEN ticket_drafts.forward END,
            revision = ticket_drafts.revision + 1, saved_at = excluded.saved_at";
    /// Removes it, if it still is the revision that the page knows.
    CLEAR = "DELETE FROM ticket_drafts WHERE tenant_id = ?1 AND user_id = ?2 AND ticket_id = ?3 AND revision = ?4";
    /// Removes it: it was sent, or is not wanted.
    REMOVE = "DELETE FROM ticket_drafts WHERE tenant_id = ?1 AND user_id = ?4
        AND ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))";
    /// Removes all of a person's.
    REMOVE_ALL = "DELETE FROM ticket_drafts WHERE tenant_id = ?1 AND user_id = ?2";
    /// Removes what nobody went on with; for the sweep.
    PURGE = "DELETE FROM ticket_drafts WHERE tenant_id = ?1 AND (user_id, ticket_id) IN
        (SELECT user_id, ticket_id FROM ticket_drafts WHERE tenant_id = ?1 AND saved_at < ?2 ORDER BY saved_at LIMIT ?3)";
}

/// For which ticket a draft is: one that is there, or the one that is still to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A ticket, by whatever it is called.
    On(Reference),
    /// The next new one.
    New,
}

impl Place {
    fn values(&self) -> [crate::database::Value; 2] {
        match self {
            Self::On(reference) => reference.values(),
            Self::New => ["".into(), crate::database::Value::Null],
        }
    }
}

/// A draft as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Draft {
    /// What it is meant to become.
    pub visibility: Visibility,
    /// The text, as typed.
    pub body: String,
    /// How often it was saved.
    pub revision: i64,
    /// Files that lie on the ticket already and belong to it: of a message that was taken back.
    #[serde(deserialize_with = "json_text")]
    pub files: Vec<AttachmentId>,
    /// Where the message that was taken back was to be forwarded.
    #[serde(deserialize_with = "optional_json_text")]
    pub forward: Option<Parcel>,
}

/// Somebody's draft; read the row with [`found`].
pub fn find(person: &UserId, place: &Place) -> TenantStatement {
    let [id, number] = place.values();
    FIND.with(vec![id, number, person.into()])
}

/// The row of [`find`].
pub fn found(rows: &Rows) -> Result<Option<Draft>, DbError> {
    rows.first()
}

/// Saves a draft; `ticket` is `None` for the ticket that is still to be opened. `forwarded` is the revision that is gone on with as the
/// message to somebody outside that was taken back: without it, and where another stands there, the draft forgets to whom.
pub fn save(
    person: &UserId,
    ticket: Option<&TicketId>,
    draft: (Visibility, &str),
    forwarded: Option<i64>,
    now: DateTime<Utc>,
) -> TenantStatement {
    SAVE.with(values![person, ticket.map_or("", TicketId::as_str), draft.0.as_str(), draft.1, now, forwarded])
}

/// Removes a draft, unless it was saved since `revision`.
pub fn clear(person: &UserId, ticket: Option<&TicketId>, revision: i64) -> TenantStatement {
    CLEAR.with(values![person, ticket.map_or("", TicketId::as_str), revision])
}

/// Removes a draft.
pub fn remove(person: &UserId, place: &Place) -> TenantStatement {
    let [id, number] = place.values();
    REMOVE.with(vec![id, number, person.into()])
}

/// Removes all of a person's drafts.
pub fn remove_all(person: &UserId) -> TenantStatement {
    REMOVE_ALL.with(values![person])
}

/// Removes at most `limit` drafts that were last saved before a moment.
pub fn purge(before: DateTime<Utc>, limit: u32) -> TenantStatement {
    PURGE.with(values![before, limit])
}
