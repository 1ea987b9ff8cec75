//! Comments of a ticket.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement, list};
use crate::id::{CommentId, InboundId, TicketId, UserId};
use crate::tenant_statements;
use crate::ticket::forward::Parcel;
use crate::ticket::{Channel, CommentRow, Reference, Visibility};
use crate::values;

macro_rules! public_comments {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.author_id, u.name AS author_name, u.email AS author_email, c.author_is_staff, c.visibility, c.channel,
                c.body, c.quoted, c.inbound_mail_id, COALESCE(i.truncated, 0) AS truncated, c.created_at
            FROM ticket_comments c LEFT JOIN users u ON u.tenant_id = c.tenant_id AND u.id = c.author_id
                LEFT JOIN inbound_mails i ON i.tenant_id = c.tenant_id AND i.id = c.inbound_mail_id
            WHERE c.tenant_id = ?1 AND c.ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
              AND c.visibility = 'public' AND ",
            $rest
        )
    };
}

tenant_statements! {
    /// One more comment.
    INSERT_COMMENT = "INSERT INTO ticket_comments (tenant_id, id, ticket_id, author_id, author_is_staff, visibility, channel, body, quoted,
        inbound_mail_id, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    /// A comment went out to people outside the conversation.
    INSERT_FORWARD = "INSERT INTO ticket_forwards (tenant_id, comment_id, recipients, files) VALUES (?1, ?2, ?3, ?4)";
    /// The latest comments before a moment, newest first; the reader turns them round.
    COMMENTS = "SELECT c.id, c.author_id, u.name AS author_name, u.email AS author_email, c.author_is_staff, c.visibility, c.channel, c.body,
        c.quoted, c.inbound_mail_id, COALESCE(i.truncated, 0) AS truncated, f.recipients AS forwarded_to, c.created_at
        FROM ticket_comments c LEFT JOIN users u ON u.tenant_id = c.tenant_id AND u.id = c.author_id
            LEFT JOIN inbound_mails i ON i.tenant_id = c.tenant_id AND i.id = c.inbound_mail_id
            LEFT JOIN ticket_forwards f ON f.tenant_id = c.tenant_id AND f.comment_id = c.id
        WHERE c.tenant_id = ?1 AND c.ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
          AND (c.created_at, c.id) < (?4, ?5)
        ORDER BY c.created_at DESC, c.id DESC LIMIT ?6";
    /// The same without internal ones.
    PUBLIC_COMMENTS = public_comments!("(c.created_at, c.id) < (?4, ?5) ORDER BY c.created_at DESC, c.id DESC LIMIT ?6");
    /// One of those.
    PUBLIC_COMMENT = public_comments!("c.id = ?4 LIMIT 1");
    /// Public answers of others of the desk among those that came after the first `?4` public comments.
    ANSWERED_SINCE = "SELECT n.id, u.name FROM (SELECT c.id, c.author_id, c.author_is_staff FROM ticket_comments c
            WHERE c.tenant_id = ?1 AND c.ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
                AND c.visibility = 'public'
            ORDER BY c.created_at DESC, c.id DESC
            LIMIT MAX(0, COALESCE((SELECT comment_count FROM tickets
                WHERE tenant_id = ?1 AND id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))), 0) - ?4)) n
        JOIN users u ON u.tenant_id = ?1 AND u.id = n.author_id
        WHERE n.author_is_staff = 1 AND n.author_id IS NOT ?5 LIMIT 20";
}

/// An answer that came in between, and whose it is.
#[derive(Debug, Clone, Deserialize)]
pub struct Answered {
    /// The comment.
    pub id: CommentId,
    /// Name of its author.
    pub name: String,
}

/// What others of the desk have answered since `seen` public comments stood there, the latest first; read the rows as [`Answered`].
pub fn answered_since(ticket: &Reference, seen: i64, reader: Option<&UserId>) -> TenantStatement {
    let [id, number] = ticket.values();
    ANSWERED_SINCE.with(vec![id, number, seen.into(), reader.into()])
}

/// A comment to write.
#[derive(Debug, Clone)]
pub struct NewComment<'a> {
    /// Id.
    pub id: &'a CommentId,
    /// On which ticket.
    pub ticket: &'a TicketId,
    /// Who wrote it, if it is a person.
    pub author: Option<&'a UserId>,
    /// Whether the author belongs to the desk.
    pub author_is_staff: bool,
    /// Who sees it.
    pub visibility: Visibility,
    /// How it came in.
    pub channel: Channel,
    /// The text.
    pub body: &'a str,
    /// What a mail quoted.
    pub quoted: Option<&'a str>,
    /// The mail that it came by.
    pub inbound_mail: Option<&'a InboundId>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// The place before which comments are read: moment and id of the oldest that was shown.
#[derive(Debug, Clone)]
pub struct Before {
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Its id.
    pub id: String,
}

impl Before {
    /// Before nothing: the latest comments.
    pub fn end() -> Self {
        Self { at: DateTime::<Utc>::MAX_UTC, id: "z".to_owned() }
    }

    /// Before this comment.
    pub fn comment(row: &CommentRow) -> Self {
        Self { at: row.created_at, id: row.id.to_string() }
    }

    /// Reads what [`Before::text`] wrote; `None` when it is no place in a conversation.
    pub fn parse(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        Some(Self { at: DateTime::from_timestamp_millis(at.parse().ok()?)?, id: CommentId::parse(id).ok()?.into() })
    }

    /// The place for a query.
    pub fn text(&self) -> String {
        format!("{}.{}", self.at.timestamp_millis(), self.id)
    }
}

/// Writes the comment.
pub fn insert(comment: &NewComment<'_>) -> TenantStatement {
    INSERT_COMMENT.with(values![
        comment.id,
        comment.ticket,
        comment.author,
        comment.author_is_staff,
        comment.visibility.as_str(),
        comment.channel.as_str(),
        comment.body,
        comment.quoted,
        comment.inbound_mail,
        comment.created_at
    ])
}

/// Notes to whom a comment was forwarded, and with which files.
pub fn forward(comment: &CommentId, parcel: &Parcel) -> TenantStatement {
    INSERT_FORWARD.with(values![comment, list(&parcel.recipients), list(&parcel.files)])
}

/// At most `limit` comments before a place; without the internal ones unless `internal`.
pub fn of_ticket(ticket: &Reference, internal: bool, before: &Before, limit: u32) -> TenantStatement {
    let [id, number] = ticket.values();
    let statement = if internal { COMMENTS } else { PUBLIC_COMMENTS };
    // The end of time of chrono lies beyond 2^53 ms; the database's clock does not reach that far.
    let at = before.at.timestamp_millis().min(9_000_000_000_000_000);
    statement.with(vec![id, number, at.into(), before.id.as_str().into(), limit.into()])
}

/// One comment of a ticket, if clients see it.
pub fn public_comment(ticket: &Reference, comment: &CommentId) -> TenantStatement {
    let [id, number] = ticket.values();
    PUBLIC_COMMENT.with(vec![id, number, comment.into()])
}

/// The comments of [`of_ticket`], oldest first.
pub fn comments(rows: &Rows) -> Result<Vec<CommentRow>, DbError> {
    let mut comments: Vec<CommentRow> = rows.all()?;
    comments.reverse();
    Ok(comments)
}

/// A page of comments, oldest first, of a statement that asked for one row more than `limit`; and the place before which the
/// older ones are, if there are any.
pub fn page(rows: &Rows, limit: u32) -> Result<(Vec<CommentRow>, Option<Before>), DbError> {
    let mut comments = comments(rows)?;
    let surplus = comments.len().saturating_sub(usize::try_from(limit).unwrap_or(usize::MAX));
    comments.drain(..surplus);
    let older = comments.first().filter(|_| surplus > 0).map(Before::comment);
    Ok((comments, older))
}
