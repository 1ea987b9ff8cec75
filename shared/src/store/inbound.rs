//! Mail that came in: the row is there before anything is made of it, and says what became of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::database::{DbError, Rows, TenantStatement, list};
use crate::i18n::Locale;
use crate::id::{AttachmentId, CommentId, InboundId, TicketId, UserId};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// A mail that has just come. A repetition changes nothing.
    INSERT = "INSERT INTO inbound_mails (tenant_id, id, dedupe_key, mailbox, envelope_from, authserv, sender, subject, message_id, size, storage_key,
            state, reason, detail, received_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT (tenant_id, dedupe_key) DO NOTHING";
    /// The mail of that key.
    BY_KEY = "SELECT i.id, i.mailbox, i.envelope_from, i.authserv, i.sender, i.subject, i.size, i.storage_key, i.state, i.outcome, i.reason, i.detail,
            i.ticket_id, t.number, i.comment_id, i.attempts, i.received_at, i.processed_at
        FROM inbound_mails i LEFT JOIN tickets t ON t.tenant_id = i.tenant_id AND t.id = i.ticket_id
        WHERE i.tenant_id = ?1 AND i.dedupe_key = ?2 LIMIT 1";
    /// A mail.
    BY_ID = "SELECT i.id, i.mailbox, i.envelope_from, i.authserv, i.sender, i.subject, i.size, i.storage_key, i.state, i.outcome, i.reason, i.detail,
            i.ticket_id, t.number, i.comment_id, i.attempts, i.received_at, i.processed_at
        FROM inbound_mails i LEFT JOIN tickets t ON t.tenant_id = i.tenant_id AND t.id = i.ticket_id
        WHERE i.tenant_id = ?1 AND i.id = ?2 LIMIT 1";
    /// Mails of one state, newest first.
    BY_STATE = "SELECT i.id, i.mailbox, i.envelope_from, i.authserv, i.sender, i.subject, i.size, i.storage_key, i.state, i.outcome, i.reason, i.detail,
            i.ticket_id, t.number, i.comment_id, i.attempts, i.received_at, i.processed_at
        FROM inbound_mails i LEFT JOIN tickets t ON t.tenant_id = i.tenant_id AND t.id = i.ticket_id
        WHERE i.tenant_id = ?1 AND i.state = ?2 AND (i.received_at, i.id) < (?3, ?4) ORDER BY i.received_at DESC, i.id DESC LIMIT ?5";
    /// Mails that came before a moment and have become nothing.
    LEFT_BEHIND = "SELECT id FROM inbound_mails WHERE tenant_id = ?1 AND state = 'received' AND received_at <= ?2 ORDER BY received_at LIMIT ?3";
    /// One more try.
    COUNT_TRY = "UPDATE inbound_mails SET attempts = attempts + 1 WHERE tenant_id = ?1 AND id = ?2 AND state IN ('received', 'unprocessed')";
    /// Of two who make something of a mail one gets through.
    GUARD_OPEN = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done',
        (SELECT state IN ('received', 'unprocessed') FROM inbound_mails WHERE tenant_id = ?1 AND id = ?2)";
    /// It has become something.
    PROCESSED = "UPDATE inbound_mails SET state = 'processed', outcome = ?3, reason = NULL, detail = NULL, ticket_id = ?4, comment_id = ?5,
        processed_at = ?6, quoted = ?7, truncated = ?8 WHERE tenant_id = ?1 AND id = ?2";
    /// It waits for a person.
    HOLD = "UPDATE inbound_mails SET state = 'unprocessed', reason = ?3, detail = ?4 WHERE tenant_id = ?1 AND id = ?2
        AND state IN ('received', 'unprocessed')";
    /// A person wants nothing to become of it.
    DISCARD = "UPDATE inbound_mails SET state = 'discarded', processed_at = ?3 WHERE tenant_id = ?1 AND id = ?2";
    /// When a sender's latest mails opened tickets.
    OPENED_BY = "SELECT received_at FROM inbound_mails WHERE tenant_id = ?1 AND sender = ?2 AND received_at > ?3
        AND outcome IN ('ticket', 'linked_ticket') ORDER BY received_at DESC LIMIT 50";
    /// The files of a mail.
    INSERT_FILES = "INSERT INTO ticket_attachments (tenant_id, id, ticket_id, comment_id, uploader_id, visibility, file_name, media_type, size,
            content_id, storage_key, created_at)
        SELECT ?1, json_extract(j.value, '$.id'), ?3, ?4, NULL, ?5, json_extract(j.value, '$.file_name'), json_extract(j.value, '$.media_type'),
            json_extract(j.value, '$.size'), json_extract(j.value, '$.content_id'), json_extract(j.value, '$.storage_key'), ?6
        FROM json_each(?2) j WHERE true ON CONFLICT (tenant_id, id) DO NOTHING";
    /// Mail to these addresses came back for good.
    BLOCK = "UPDATE users SET mail_blocked_at = ?3, mail_blocked_reason = ?4
        WHERE tenant_id = ?1 AND email IN (SELECT value FROM json_each(?2)) AND mail_blocked_at IS NULL";
    /// An address that is nobody's becomes a person who cannot sign in and gets no mail, on whatever ticket it stands.
    INSERT_BLOCKED = "INSERT INTO users (tenant_id, id, email, name, role, status, locale, mail_blocked_at, mail_blocked_reason, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, 'client', 'unverified', ?5, ?6, ?7, ?6, ?6) ON CONFLICT (tenant_id, email) DO NOTHING";
    /// Copies to addresses without a person end there.
    DROP_COPIES = "DELETE FROM ticket_followers WHERE tenant_id = ?1 AND ticket_id = ?2 AND user_id IS NULL
        AND email IN (SELECT value FROM json_each(?3))";
}

/// A mail to store.
#[derive(Debug, Clone)]
pub struct NewInbound<'a> {
    /// Id.
    pub id: &'a InboundId,
    /// The same for the same mail, whatever way it came.
    pub dedupe_key: &'a str,
    /// The address that it was sent to.
    pub mailbox: &'a str,
    /// MAIL FROM, if known.
    pub envelope_from: Option<&'a str>,
    /// The server whose Authentication-Results are believed.
    pub authserv: Option<&'a str>,
    /// From; empty if there is none.
    pub sender: &'a str,
    /// Subject.
    pub subject: &'a str,
    /// Message-ID.
    pub message_id: Option<&'a str>,
    /// Bytes.
    pub size: usize,
    /// Where the raw mail is.
    pub storage_key: &'a str,
    /// Why it waits for a person at once, and what exactly.
    pub held: Option<(&'a str, &'a str)>,
}

/// A stored mail.
#[derive(Debug, Clone, Deserialize)]
pub struct Inbound {
    /// Id.
    pub id: InboundId,
    /// The address that it was sent to.
    pub mailbox: String,
    /// MAIL FROM, if known.
    pub envelope_from: Option<String>,
    /// The server whose Authentication-Results are believed.
    pub authserv: Option<String>,
    /// From, as the mail claims.
    pub sender: String,
    /// Subject.
    pub subject: String,
    /// Bytes.
    pub size: u64,
    /// Where the raw mail is.
    pub storage_key: String,
    /// `received`, `processed`, `unprocessed`, `discarded`.
    pub state: String,
    /// What became of it.
    pub outcome: Option<String>,
    /// Why it waits.
    pub reason: Option<String>,
    /// What exactly.
    pub detail: Option<String>,
    /// The ticket that it is in.
    pub ticket_id: Option<TicketId>,
    /// Its number.
    pub number: Option<i64>,
    /// The comment that it became.
    pub comment_id: Option<CommentId>,
    /// Tries so far.
    pub attempts: i64,
    /// When it came.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub received_at: DateTime<Utc>,
    /// When something became of it.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub processed_at: Option<DateTime<Utc>>,
}

impl Inbound {
    /// Whether something may still be made of it.
    pub fn is_open(&self) -> bool {
        matches!(self.state.as_str(), "received" | "unprocessed")
    }
}

/// A file of a mail, stored already.
#[derive(Debug, Clone, Serialize)]
pub struct StoredFile {
    /// Id.
    pub id: AttachmentId,
    /// Name.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size: usize,
    /// Content-ID.
    pub content_id: Option<String>,
    /// Where it is.
    pub storage_key: String,
}

/// Stores a mail, unless it is there.
pub fn insert(mail: &NewInbound<'_>, now: DateTime<Utc>) -> TenantStatement {
    let state = if mail.held.is_some() { "unprocessed" } else { "received" };
    let (reason, detail) = mail.held.unzip();
    INSERT.with(values![
        mail.id,
        mail.dedupe_key,
        mail.mailbox,
        mail.envelope_from,
        mail.authserv,
        mail.sender,
        mail.subject,
        mail.message_id,
        i64::try_from(mail.size).unwrap_or(i64::MAX),
        mail.storage_key,
        state,
        reason,
        detail,
        now
    ])
}

/// The mail of a key; read the row as [`Inbound`].
pub fn by_key(key: &str) -> TenantStatement {
    BY_KEY.with(values![key])
}

/// A mail; read the row as [`Inbound`].
pub fn by_id(id: &InboundId) -> TenantStatement {
    BY_ID.with(values![id])
}

/// Up to `limit` mails of a state before `(received_at in ms, id)`, newest first; read the rows as [`Inbound`].
pub fn by_state(state: &str, before: (i64, &str), limit: u32) -> TenantStatement {
    BY_STATE.with(values![state, before.0, before.1, limit])
}

/// Mails that came until `until` and have become nothing; read with [`ids`].
pub fn left_behind(until: DateTime<Utc>, limit: u32) -> TenantStatement {
    LEFT_BEHIND.with(values![until, limit])
}

/// The ids of [`left_behind`].
pub fn ids(rows: &Rows) -> Result<Vec<InboundId>, DbError> {
    #[derive(Deserialize)]
    struct Row {
        id: InboundId,
    }
    Ok(rows.all::<Row>()?.into_iter().map(|row| row.id).collect())
}

/// Counts a try.
pub fn count_try(id: &InboundId) -> TenantStatement {
    COUNT_TRY.with(values![id])
}

/// Refuses the batch (`already_done`) when something was made of the mail meanwhile.
pub fn guard_open(id: &InboundId) -> TenantStatement {
    GUARD_OPEN.with(values![id])
}

/// Where a mail went.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place<'a> {
    /// The ticket that it is in.
    pub ticket: Option<&'a TicketId>,
    /// The comment that it became; otherwise it is the ticket's description.
    pub comment: Option<&'a CommentId>,
    /// What was put aside of a mail that became a description.
    pub quoted: Option<&'a str>,
    /// Whether it was longer than what is stored of it.
    pub truncated: bool,
}

/// Notes what became of the mail. Stands in the batch that does it, under [`guard_open`].
pub fn processed(id: &InboundId, outcome: &str, place: Place<'_>, now: DateTime<Utc>) -> TenantStatement {
    PROCESSED.with(values![id, outcome, place.ticket, place.comment, now, place.quoted, place.truncated])
}

/// Lets the mail wait for a person.
pub fn hold(id: &InboundId, reason: &str, detail: &str) -> TenantStatement {
    HOLD.with(values![id, reason, detail])
}

/// Lets nothing become of the mail; under [`guard_open`].
pub fn discard(id: &InboundId, now: DateTime<Utc>) -> TenantStatement {
    DISCARD.with(values![id, now])
}

/// When mails of a sender opened tickets since a moment; read with [`moments`].
pub fn opened_by(sender: &str, since: DateTime<Utc>) -> TenantStatement {
    OPENED_BY.with(values![sender, since])
}

/// The moments of [`opened_by`].
pub fn moments(rows: &Rows) -> Result<Vec<DateTime<Utc>>, DbError> {
    #[derive(Deserialize)]
    struct Row {
        #[serde(with = "chrono::serde::ts_milliseconds")]
        received_at: DateTime<Utc>,
    }
    Ok(rows.all::<Row>()?.into_iter().map(|row| row.received_at).collect())
}

/// The files of a mail on its ticket. `visibility` is that of the comment.
pub fn insert_files(
    files: &[StoredFile],
    ticket: &TicketId,
    comment: Option<&CommentId>,
    visibility: &str,
    now: DateTime<Utc>,
) -> TenantStatement {
    INSERT_FILES.with(values![list(files), ticket, comment, visibility, now])
}

/// Sends no more mail to these addresses.
pub fn block(addresses: &[String], reason: &str, now: DateTime<Utc>) -> TenantStatement {
    BLOCK.with(values![list(addresses), now, reason])
}

/// Adds a person for an address that came back, unless it is somebody's.
pub fn insert_blocked(id: &UserId, address: &str, locale: Locale, reason: &str, now: DateTime<Utc>) -> TenantStatement {
    let name = address.split('@').next().unwrap_or(address);
    INSERT_BLOCKED.with(values![id, address, name, locale.as_str(), now, reason])
}

/// Takes copies to addresses without a person off a ticket.
pub fn drop_copies(ticket: &TicketId, addresses: &[String]) -> TenantStatement {
    DROP_COPIES.with(values![ticket, list(addresses)])
}
