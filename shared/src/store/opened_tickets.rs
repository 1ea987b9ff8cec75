//! The tickets that somebody has opened last, and those that stand open as tabs.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::scope::{self, in_scope};
use crate::access::TicketScope;
use crate::database::{TenantStatement, bool_from_integer, list};
use crate::id::UserId;
use crate::limits::{RECENT_TICKETS, TABS_MAX};
use crate::tenant_statements;
use crate::ticket::Status;
use crate::values;

/// News is what is newer than the last look, and what is assigned to somebody who never looked.
macro_rules! opened {
    ($index:literal, $rest:literal) => {
        concat!(
            "SELECT t.id, t.number, t.title, t.status, o.opened_at,
                COALESCE((SELECT t.updated_at > l.seen_at FROM ticket_looks l WHERE l.tenant_id = ?1 AND l.user_id = ?2 AND l.ticket_id = t.id),
                    t.is_open = 1 AND t.assignee_id = ?2, 0) AS unread,
                EXISTS (SELECT 1 FROM ticket_drafts d WHERE d.tenant_id = ?1 AND d.user_id = ?2 AND d.ticket_id = t.id AND d.body <> '') AS draft
            FROM opened_tickets o INDEXED BY ",
            $index,
            " CROSS JOIN tickets t ON t.tenant_id = o.tenant_id AND t.id = o.ticket_id
            WHERE o.tenant_id = ?1 AND o.user_id = ?2 AND t.deleted_at IS NULL",
            in_scope!("?3", "?4"),
            $rest
        )
    };
}

tenant_statements! {
    /// Somebody has opened a ticket.
    OPENED = "INSERT INTO opened_tickets (tenant_id, user_id, ticket_id, opened_at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (tenant_id, user_id, ticket_id) DO UPDATE SET opened_at = excluded.opened_at";
    /// What somebody has opened last, as far as they still see it.
    RECENT = opened!("opened_tickets_by_time", "ORDER BY o.opened_at DESC LIMIT ?5");
    /// What stands open as tabs, in their order.
    TABS = opened!("opened_tickets_by_tab", "AND o.tab IS NOT NULL ORDER BY o.tab LIMIT ?5");
    /// No tab is left open.
    CLOSE_TABS = "UPDATE opened_tickets SET tab = NULL WHERE tenant_id = ?1 AND user_id = ?2 AND tab IS NOT NULL";
    /// These are the tabs, by their numbers.
    OPEN_TABS = "INSERT INTO opened_tickets (tenant_id, user_id, ticket_id, opened_at, tab)
        SELECT ?1, ?2, t.id, ?4, one.key FROM json_each(?3) one CROSS JOIN tickets t ON t.tenant_id = ?1 AND t.number = one.value
        WHERE t.deleted_at IS NULL LIMIT ?5
        ON CONFLICT (tenant_id, user_id, ticket_id) DO UPDATE SET tab = excluded.tab";
}

/// A ticket that somebody has opened.
#[derive(Debug, Clone, Deserialize)]
pub struct OpenedRow {
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// How it stands.
    pub status: Status,
    /// When it was opened last.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub opened_at: DateTime<Utc>,
    /// Whether it has changed since.
    #[serde(deserialize_with = "bool_from_integer")]
    pub unread: bool,
    /// Whether an answer to it was begun and not sent.
    #[serde(deserialize_with = "bool_from_integer")]
    pub draft: bool,
}

/// Notes that `user` opens a ticket.
pub fn opened(user: &UserId, ticket: &crate::id::TicketId, now: DateTime<Utc>) -> TenantStatement {
    OPENED.with(values![user, ticket, now])
}

/// What `user` has opened last, the latest first; read the rows as [`OpenedRow`].
pub fn recent(user: &UserId, scope: &TicketScope) -> TenantStatement {
    let [allowed, denied] = scope::values(scope);
    RECENT.with(values![user, allowed, denied, RECENT_TICKETS])
}

/// The tabs of `user` in their order; read the rows as [`OpenedRow`].
pub fn tabs(user: &UserId, scope: &TicketScope) -> TenantStatement {
    let [allowed, denied] = scope::values(scope);
    TABS.with(values![user, allowed, denied, TABS_MAX])
}

/// Makes the tickets of these numbers the tabs of `user`, in this order; what is no ticket is left out.
pub fn set_tabs(user: &UserId, numbers: &[i64], now: DateTime<Utc>) -> [TenantStatement; 2] {
    [CLOSE_TABS.with(values![user]), OPEN_TABS.with(values![user, list(numbers), now, TABS_MAX])]
}
