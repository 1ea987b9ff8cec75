//! Messages of the desk that are written and go out later.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement, json_text, list, optional_json_text};
use crate::id::{AttachmentId, PendingId, TicketId, UserId};
use crate::limits::PENDING_PER_TICKET_MAX;
use crate::tenant_statements;
use crate::ticket::forward::Parcel;
use crate::ticket::{Reference, Status, Visibility};
use crate::values;

tenant_statements! {
    /// One more message that waits.
    INSERT_PENDING = "INSERT INTO pending_comments (tenant_id, id, ticket_id, author_id, visibility, body, status, files, seen, network,
        due_at, created_at, forward) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    /// The ticket must have room for one more.
    GUARD_ROOM = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM pending_comments WHERE tenant_id = ?1 AND ticket_id = ?2) < ?3";
    /// What waits on a ticket, in the order in which it goes out.
    OF_TICKET = "SELECT p.id, p.author_id, u.name AS author_name, p.visibility, p.body, p.status, p.due_at, p.created_at, p.held, p.forward
        FROM pending_comments p JOIN users u ON u.tenant_id = p.tenant_id AND u.id = p.author_id
        WHERE p.tenant_id = ?1 AND p.ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
        ORDER BY p.due_at, p.id LIMIT ?4";
    /// What is due.
    DUE = "SELECT id, ticket_id, author_id, visibility, body, status, files, seen, network, forward FROM pending_comments
        WHERE tenant_id = ?1 AND held IS NULL AND due_at <= ?2 ORDER BY due_at LIMIT ?3";
    /// It must still be there.
    GUARD_THERE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM pending_comments WHERE tenant_id = ?1 AND id = ?2)";
    /// It must be this person's, on this ticket.
    GUARD_OWN = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found', EXISTS (SELECT 1 FROM pending_comments
        WHERE tenant_id = ?1 AND id = ?2 AND author_id = ?5
            AND ticket_id = COALESCE(?3, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?4)))";
    /// It waits no longer.
    DELETE_PENDING = "DELETE FROM pending_comments WHERE tenant_id = ?1 AND id = ?2";
    /// It could not go out.
    HOLD = "UPDATE pending_comments SET held = ?3 WHERE tenant_id = ?1 AND id = ?2";
    /// It is to go out now, and its writer knows what stands there.
    RELEASE = "UPDATE pending_comments SET due_at = ?3, held = NULL, network = ?4,
            seen = COALESCE((SELECT comment_count FROM tickets WHERE tenant_id = ?1 AND id = pending_comments.ticket_id), seen)
        WHERE tenant_id = ?1 AND id = ?2";
    /// Back into its writer's draft, before what was written there since. Of a note and an answer it is a note; and only what comes back
    /// alone remembers to whom it was to be forwarded, lest what was written there since goes out with it.
    TAKE_BACK = "INSERT INTO ticket_drafts (tenant_id, user_id, ticket_id, visibility, body, revision, saved_at, files, forward)
        SELECT tenant_id, author_id, ticket_id, visibility, body, 1, ?3, files, forward FROM pending_comments WHERE tenant_id = ?1 AND id = ?2
        ON CONFLICT (tenant_id, user_id, ticket_id) DO UPDATE SET
            visibility = CASE WHEN excluded.visibility = ticket_drafts.visibility THEN excluded.visibility ELSE 'internal' END,
            body = excluded.body || char(10, 10) || ticket_drafts.body, revision = ticket_drafts.revision + 1,
            saved_at = excluded.saved_at, files = excluded.files, forward = NULL";
    /// For how many seconds somebody can take a message back.
    UNDO_SECONDS = "SELECT undo_seconds FROM users WHERE tenant_id = ?1 AND id = ?2 LIMIT 1";
    /// Sets it.
    SET_UNDO_SECONDS = "UPDATE users SET undo_seconds = ?3, updated_at = ?4 WHERE tenant_id = ?1 AND id = ?2";
}

/// A message to keep until it goes out.
#[derive(Debug, Clone)]
pub struct NewPending<'a> {
    /// Id.
    pub id: &'a PendingId,
    /// On which ticket.
    pub ticket: &'a TicketId,
    /// Who wrote it.
    pub author: &'a UserId,
    /// Who is to see it.
    pub visibility: Visibility,
    /// The text.
    pub body: &'a str,
    /// The status to set with it.
    pub status: Option<Status>,
    /// Files that go along.
    pub files: &'a [AttachmentId],
    /// How many public messages the writer knows.
    pub seen: i64,
    /// From which address it was written.
    pub network: &'a str,
    /// When it goes out.
    pub due_at: DateTime<Utc>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// What goes out of the desk with it.
    pub forward: Option<&'a Parcel>,
}

/// A message that waits, as the ticket's page shows it.
#[derive(Debug, Clone, Deserialize)]
pub struct Waiting {
    /// Id.
    pub id: PendingId,
    /// Who wrote it.
    pub author_id: UserId,
    /// The writer's name.
    pub author_name: String,
    /// Who is to see it.
    pub visibility: Visibility,
    /// The text.
    pub body: String,
    /// The status to set with it.
    pub status: Option<Status>,
    /// When it goes out.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub due_at: DateTime<Utc>,
    /// When it was written.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// Why it could not go out.
    pub held: Option<String>,
    /// What goes out of the desk with it.
    #[serde(deserialize_with = "optional_json_text")]
    pub forward: Option<Parcel>,
}

/// A message that is due.
#[derive(Debug, Clone, Deserialize)]
pub struct Due {
    /// Id.
    pub id: PendingId,
    /// On which ticket.
    pub ticket_id: TicketId,
    /// Who wrote it.
    pub author_id: UserId,
    /// Who is to see it.
    pub visibility: Visibility,
    /// The text.
    pub body: String,
    /// The status to set with it.
    pub status: Option<Status>,
    /// Files that go along.
    #[serde(deserialize_with = "json_text")]
    pub files: Vec<AttachmentId>,
    /// How many public messages the writer knows.
    pub seen: i64,
    /// From which address it was written.
    pub network: String,
    /// What goes out of the desk with it.
    #[serde(deserialize_with = "optional_json_text")]
    pub forward: Option<Parcel>,
}

/// Keeps a message until it goes out; refuses the batch (`limit`) where too many wait on the ticket.
pub fn insert(new: &NewPending<'_>) -> [TenantStatement; 2] {
    [
        GUARD_ROOM.with(values![new.ticket, PENDING_PER_TICKET_MAX]),
        INSERT_PENDING.with(values![
            new.id,
            new.ticket,
            new.author,
            new.visibility.as_str(),
            new.body,
            new.status.map(Status::as_str),
            list(new.files),
            new.seen,
            new.network,
            new.due_at,
            new.created_at,
            new.forward.map(|parcel| serde_json::to_string(parcel).unwrap_or_default())
        ]),
    ]
}

/// What waits on a ticket; read the rows as [`Waiting`].
pub fn of_ticket(ticket: &Reference) -> TenantStatement {
    let [id, number] = ticket.values();
    OF_TICKET.with(vec![id, number, PENDING_PER_TICKET_MAX.into()])
}

/// What is due at a moment, at most `limit`; read the rows as [`Due`].
pub fn due(now: DateTime<Utc>, limit: u32) -> TenantStatement {
    DUE.with(values![now, limit])
}

/// It goes out: refuses the batch (`not_found`) when it did already, or was taken back.
pub fn take(id: &PendingId) -> [TenantStatement; 2] {
    [GUARD_THERE.with(values![id]), DELETE_PENDING.with(values![id])]
}

/// It could not go out, for the reason of this code; refuses the batch (`not_found`) when it did, or was taken back.
pub fn hold(id: &PendingId, reason: &str) -> [TenantStatement; 2] {
    [GUARD_THERE.with(values![id]), HOLD.with(values![id, reason])]
}

fn guard_own(id: &PendingId, ticket: &Reference, author: &UserId) -> TenantStatement {
    let [ticket, number] = ticket.values();
    GUARD_OWN.with(vec![id.into(), ticket, number, author.into()])
}

/// Puts it back into the author's draft; refuses the batch (`not_found`) when it is not theirs, or there no longer.
pub fn take_back(id: &PendingId, ticket: &Reference, author: &UserId, now: DateTime<Utc>) -> [TenantStatement; 3] {
    [guard_own(id, ticket, author), TAKE_BACK.with(values![id, now]), DELETE_PENDING.with(values![id])]
}

/// Lets it go out now; refuses the batch as [`take_back`] does.
pub fn release(id: &PendingId, ticket: &Reference, author: &UserId, network: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [guard_own(id, ticket, author), RELEASE.with(values![id, now, network])]
}

/// For how many seconds somebody can take a message back; read the row with [`seconds`].
pub fn undo_seconds(person: &UserId) -> TenantStatement {
    UNDO_SECONDS.with(values![person])
}

/// The row of [`undo_seconds`].
pub fn seconds(rows: &Rows) -> Result<i64, DbError> {
    #[derive(Deserialize)]
    struct Row {
        undo_seconds: i64,
    }
    Ok(rows.first::<Row>()?.map_or(0, |row| row.undo_seconds))
}

/// Sets it.
pub fn set_undo_seconds(person: &UserId, seconds: i64, now: DateTime<Utc>) -> TenantStatement {
    SET_UNDO_SECONDS.with(values![person, seconds, now])
}
