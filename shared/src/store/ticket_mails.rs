//! The mails of one ticket: the one that it began with, and how those fared that carried the desk's answers out.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement, bool_from_integer};
use crate::id::{CommentId, InboundId};
use crate::tenant_statements;
use crate::ticket::Reference;
use crate::values;

/// The mail that became the ticket's description, with the columns of a fate before its own.
macro_rules! origin {
    ($columns:literal) => {
        concat!(
            "SELECT ",
            $columns,
            "id, quoted, truncated FROM inbound_mails
        WHERE tenant_id = ?1 AND ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
          AND comment_id IS NULL AND outcome IN ('ticket', 'linked_ticket') ORDER BY received_at LIMIT 1"
        )
    };
}

tenant_statements! {
    /// The mail that became the ticket's description.
    ORIGIN = origin!("");
    /// The same, and how the mails fared that carried the desk's comments out, written until a moment: of many for one comment the worst.
    /// They are written in the comment's own batch, so both have one moment.
    ALL = concat!("SELECT * FROM (
            SELECT comment_id, min(CASE state WHEN 'failed' THEN 0 WHEN 'sent' THEN 2 ELSE 1 END) AS rank,
                max(CASE state WHEN 'failed' THEN error END) AS error, NULL AS id, NULL AS quoted, NULL AS truncated
            FROM outbox WHERE tenant_id = ?1 AND ticket_id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))
                AND created_at <= ?4 AND comment_id IS NOT NULL AND template IN ('agent_reply', 'forwarded')
            GROUP BY comment_id ORDER BY max(created_at) DESC LIMIT ?5)
        UNION ALL SELECT * FROM (", origin!("NULL, NULL, NULL, "), ")");
}

/// The mail that a ticket began with.
#[derive(Debug, Clone, Deserialize)]
pub struct Origin {
    /// The mail.
    pub id: InboundId,
    /// What it quoted, where that is not part of the description.
    pub quoted: Option<String>,
    /// Whether it was longer than the description.
    #[serde(deserialize_with = "bool_from_integer")]
    pub truncated: bool,
}

/// How the mails fared that carried a comment out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// `failed` when one did, else `queued` while one waits, else `sent`.
    pub state: &'static str,
    /// Why one failed.
    pub error: Option<String>,
}

/// The mail that became the description; read the row as [`Origin`].
pub fn origin(ticket: &Reference) -> TenantStatement {
    let [id, number] = ticket.values();
    ORIGIN.with(vec![id, number])
}

/// The mail that became the description, and how those fared that carried the latest `limit` comments out that were written until a
/// moment; read with [`read`].
pub fn all(ticket: &Reference, until: DateTime<Utc>, limit: u32) -> TenantStatement {
    let [id, number] = ticket.values();
    // As with comments: the end of time of chrono lies beyond what JSON holds exactly.
    let until = until.timestamp_millis().min(9_000_000_000_000_000);
    let mut values = vec![id, number];
    values.extend(values![until, limit]);
    ALL.with(values)
}

/// The rows of [`all`]: the mail that the ticket began with, and the fates by comment.
pub fn read(rows: &Rows) -> Result<(Option<Origin>, HashMap<CommentId, Fate>), DbError> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Row {
        Fate { comment_id: CommentId, rank: i64, error: Option<String> },
        Origin(Origin),
    }
    let state = |rank| match rank {
        0 => "failed",
        1 => "queued",
        _ => "sent",
    };
    let (mut origin, mut fates) = (None, HashMap::new());
    for row in rows.all::<Row>()? {
        match row {
            Row::Fate { comment_id, rank, error } => {
                fates.insert(comment_id, Fate { state: state(rank), error });
            }
            Row::Origin(row) => origin = Some(row),
        }
    }
    Ok((origin, fates))
}
