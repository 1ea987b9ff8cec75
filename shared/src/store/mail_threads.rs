//! Which ticket a Message-ID belongs to, and what threading needs to know of the tickets that a mail names.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement, bool_from_integer, json_text, list};
use crate::id::TicketId;
use crate::tenant_statements;
use crate::ticket::Status;
use crate::values;

tenant_statements! {
    /// Message-IDs of a mail and of those it names; whichever ticket had one first keeps it.
    REMEMBER = "INSERT INTO mail_threads (tenant_id, message_id, ticket_id, created_at) SELECT ?1, j.value, ?3, ?4 FROM json_each(?2) j WHERE true
        ON CONFLICT (tenant_id, message_id) DO NOTHING";
    /// The latest Message-IDs of tickets, and the first.
    OF_TICKETS = "SELECT j.value AS ticket_id, (SELECT message_id FROM mail_threads WHERE tenant_id = ?1 AND ticket_id = j.value ORDER BY created_at LIMIT 1) AS root, (SELECT json_group_array(x.message_id) FROM
            (SELECT message_id FROM mail_threads WHERE tenant_id = ?1 AND ticket_id = j.value ORDER BY created_at DESC LIMIT 40) x) AS message_ids
        FROM json_each(?2) j LIMIT 100";
    /// Tickets by number; a merged one stands for the one that it went into.
    BY_NUMBER = "SELECT t.number AS asked, NULL AS message_id, t.id AS asked_id, COALESCE(m.id, t.id) AS id, COALESCE(m.status, t.status) AS status,
            CASE WHEN m.id IS NULL THEN t.resolved_at ELSE m.resolved_at END AS resolved_at,
            CASE WHEN m.id IS NULL THEN t.closed_at ELSE m.closed_at END AS closed_at,
            t.deleted_at IS NOT NULL OR m.deleted_at IS NOT NULL AS deleted
        FROM tickets t LEFT JOIN tickets m ON m.tenant_id = t.tenant_id AND m.id = t.merged_into_id
        WHERE t.tenant_id = ?1 AND t.number IN (SELECT value FROM json_each(?2)) LIMIT 50";
    /// Tickets by stored Message-ID, likewise.
    BY_MESSAGE_ID = "SELECT t.number AS asked, x.message_id, t.id AS asked_id, COALESCE(m.id, t.id) AS id, COALESCE(m.status, t.status) AS status,
            CASE WHEN m.id IS NULL THEN t.resolved_at ELSE m.resolved_at END AS resolved_at,
            CASE WHEN m.id IS NULL THEN t.closed_at ELSE m.closed_at END AS closed_at,
            t.deleted_at IS NOT NULL OR m.deleted_at IS NOT NULL AS deleted
        FROM mail_threads x
            JOIN tickets t ON t.tenant_id = x.tenant_id AND t.id = x.ticket_id
            LEFT JOIN tickets m ON m.tenant_id = t.tenant_id AND m.id = t.merged_into_id
        WHERE x.tenant_id = ?1 AND x.message_id IN (SELECT value FROM json_each(?2)) LIMIT 100";
    /// Requesters of tickets.
    REQUESTERS = "SELECT t.id AS ticket_id, r.email FROM tickets t JOIN users r ON r.tenant_id = t.tenant_id AND r.id = t.requester_id
        WHERE t.tenant_id = ?1 AND t.id IN (SELECT value FROM json_each(?2)) LIMIT 200";
    /// Who follows them.
    FOLLOWERS = "SELECT ticket_id, email FROM ticket_followers
        WHERE tenant_id = ?1 AND ticket_id IN (SELECT value FROM json_each(?2)) LIMIT 5000";
    /// When mail opened tickets again.
    REOPENED = "SELECT ticket_id, received_at FROM inbound_mails
        WHERE tenant_id = ?1 AND ticket_id IN (SELECT value FROM json_each(?2)) AND received_at > ?3 AND outcome = 'reopened' LIMIT 500";
}

/// A ticket that a mail names.
#[derive(Debug, Clone, Deserialize)]
pub struct Named {
    /// The number that was asked for.
    pub asked: i64,
    /// The Message-ID by which it was found.
    pub message_id: Option<String>,
    /// The ticket of that number.
    pub asked_id: TicketId,
    /// The ticket that stands for it now.
    pub id: TicketId,
    /// Its status.
    pub status: Status,
    /// When it was resolved.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub resolved_at: Option<DateTime<Utc>>,
    /// When it was closed.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub closed_at: Option<DateTime<Utc>>,
    /// Whether it is deleted.
    #[serde(deserialize_with = "bool_from_integer")]
    pub deleted: bool,
}

/// Stores Message-IDs with a ticket.
pub fn remember(ids: &[String], ticket: &TicketId, now: DateTime<Utc>) -> TenantStatement {
    REMEMBER.with(values![list(ids), ticket, now])
}

/// The conversations of tickets; read with [`conversations`].
pub fn of_tickets(tickets: &[&TicketId]) -> TenantStatement {
    OF_TICKETS.with(values![list(tickets)])
}

/// Message-IDs by ticket, oldest first: of a long conversation the root and the latest.
pub fn conversations(rows: &Rows) -> Result<HashMap<TicketId, Vec<String>>, DbError> {
    #[derive(Deserialize)]
    struct Row {
        ticket_id: TicketId,
        root: Option<String>,
        #[serde(deserialize_with = "json_text")]
        message_ids: Vec<String>,
    }
    Ok(rows
        .all::<Row>()?
        .into_iter()
        .map(|mut row| {
            row.message_ids.reverse();
            if let Some(root) = row.root.filter(|root| !row.message_ids.contains(root)) {
                row.message_ids.insert(0, root);
            }
            (row.ticket_id, row.message_ids)
        })
        .collect())
}

/// Tickets by number; read the rows as [`Named`].
pub fn by_number(numbers: &[u64]) -> TenantStatement {
    BY_NUMBER.with(values![list(numbers)])
}

/// Tickets by Message-ID; read the rows as [`Named`].
pub fn by_message_id(ids: &[String]) -> TenantStatement {
    BY_MESSAGE_ID.with(values![list(ids)])
}

/// Who takes part in tickets, and when mail reopened them since a moment: three statements, read with [`participants`]
/// (the first two) and [`reopenings`] (the third).
pub fn company(tickets: &[&TicketId], since: DateTime<Utc>) -> [TenantStatement; 3] {
    let ids = || list(tickets);
    [REQUESTERS.with(vec![ids()]), FOLLOWERS.with(vec![ids()]), REOPENED.with(values![ids(), since])]
}

/// Addresses by ticket.
pub fn participants(requesters: &Rows, followers: &Rows) -> Result<HashMap<TicketId, HashSet<String>>, DbError> {
    #[derive(Deserialize)]
    struct Row {
        ticket_id: TicketId,
        email: String,
    }
    let mut by_ticket: HashMap<TicketId, HashSet<String>> = HashMap::new();
    for row in requesters.all::<Row>()?.into_iter().chain(followers.all::<Row>()?) {
        by_ticket.entry(row.ticket_id).or_default().insert(row.email);
    }
    Ok(by_ticket)
}

/// Moments of reopening by ticket.
pub fn reopenings(rows: &Rows) -> Result<HashMap<TicketId, Vec<DateTime<Utc>>>, DbError> {
    #[derive(Deserialize)]
    struct Row {
        ticket_id: TicketId,
        #[serde(with = "chrono::serde::ts_milliseconds")]
        received_at: DateTime<Utc>,
    }
    let mut by_ticket: HashMap<TicketId, Vec<DateTime<Utc>>> = HashMap::new();
    for row in rows.all::<Row>()? {
        by_ticket.entry(row.ticket_id).or_default().push(row.received_at);
    }
    Ok(by_ticket)
}
