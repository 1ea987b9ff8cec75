//! Who asked for a ticket, as its page shows it beside.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::scope::{self, in_scope};
use crate::access::TicketScope;
use crate::database::TenantStatement;
use crate::i18n::Locale;
use crate::id::UserId;
use crate::store::users::Status;
use crate::tenant_statements;
use crate::ticket::Reference;

tenant_statements! {
    /// A ticket's requester.
    REQUESTER = "SELECT u.id, u.name, u.email, u.locale, u.zone, u.status, u.mail_blocked_at, u.created_at, o.name AS organization_name, o.customer_type
        FROM users u LEFT JOIN organizations o ON o.tenant_id = u.tenant_id AND o.id = u.organization_id
        WHERE u.tenant_id = ?1 AND u.id = (SELECT requester_id FROM tickets
            WHERE tenant_id = ?1 AND id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3))) LIMIT 1";
    /// How many of the requester's latest tickets are unfinished, and how many finished.
    NUMBERS = concat!("SELECT COALESCE(SUM(k.is_open), 0) AS open, COUNT(*) - COALESCE(SUM(k.is_open), 0) AS finished FROM (
            SELECT t.is_open FROM tickets t INDEXED BY tickets_by_requester
            WHERE t.tenant_id = ?1 AND t.deleted_at IS NULL AND t.requester_id = (SELECT requester_id FROM tickets
                WHERE tenant_id = ?1 AND id = COALESCE(?2, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?3)))",
        in_scope!("?4", "?5"), "ORDER BY t.updated_at DESC, t.number DESC LIMIT 500) k LIMIT 1");
}

/// A ticket's requester.
#[derive(Debug, Clone, Deserialize)]
pub struct RequesterRow {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Language, if one was chosen.
    pub locale: Option<Locale>,
    /// Time zone, likewise.
    pub zone: Option<String>,
    /// Whether they sign in.
    pub status: Status,
    /// Since when no mail goes there.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub mail_blocked_at: Option<DateTime<Utc>>,
    /// Since when they are known.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// Company.
    pub organization_name: Option<String>,
    /// Its kind of contract.
    pub customer_type: Option<String>,
}

/// How many tickets somebody has asked for.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Numbers {
    /// Unfinished ones.
    pub open: i64,
    /// Finished ones.
    pub finished: i64,
}

/// A ticket's requester; read the row as [`RequesterRow`].
pub fn requester(ticket: &Reference) -> TenantStatement {
    REQUESTER.with(ticket.values().to_vec())
}

/// What the latest 500 tickets of its requester within the scope are; read the row as [`Numbers`].
pub fn numbers(ticket: &Reference, scope: &TicketScope) -> TenantStatement {
    NUMBERS.with([ticket.values(), scope::values(scope)].concat())
}
