//! What people want to be reminded of. Every statement about a row names its owner: nobody reads another's. Of the ticket a row says no more
//! than that there is one, where its owner does not see it any more.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::scope::{self, in_scope};
use crate::access::TicketScope;
use crate::database::{TenantStatement, Value};
use crate::i18n::Locale;
use crate::id::{OutboxId, ReminderId, TicketId, UserId};
use crate::limits::REMINDERS_MAX;
use crate::tenant_statements;
use crate::values;

/// The columns, with the parameters of `in_scope!`.
macro_rules! columns {
    ($allowed:literal, $denied:literal) => {
        concat!(
            "SELECT r.id, r.text, r.due_at, r.rung_at, r.created_at, r.ticket_id, t.number, t.title
            FROM reminders r LEFT JOIN tickets t ON t.tenant_id = r.tenant_id AND t.id = r.ticket_id AND t.deleted_at IS NULL",
            in_scope!($allowed, $denied)
        )
    };
}

tenant_statements! {
    /// One more.
    INSERT = "INSERT INTO reminders (tenant_id, id, user_id, ticket_id, text, due_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    /// There is room for one more.
    GUARD_ROOM = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM reminders WHERE tenant_id = ?1 AND user_id = ?2) < ?3";
    /// Somebody's, the next first.
    OF_PERSON = concat!(columns!("?6", "?7"), "WHERE r.tenant_id = ?1 AND r.user_id = ?2 AND (r.due_at, r.id) > (?3, ?4) ORDER BY r.due_at, r.id LIMIT ?5");
    /// Somebody's on one ticket.
    OF_TICKET = concat!(columns!("?6", "?7"), "WHERE r.tenant_id = ?1 AND r.user_id = ?2
        AND r.ticket_id = COALESCE(?3, (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?4)) ORDER BY r.due_at, r.id LIMIT ?5");
    /// One of somebody's.
    ONE = concat!(columns!("?4", "?5"), "WHERE r.tenant_id = ?1 AND r.id = ?2 AND r.user_id = ?3 LIMIT 1");
    /// It is theirs.
    GUARD_OWN = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM reminders WHERE tenant_id = ?1 AND id = ?2 AND user_id = ?3)";
    /// Other words, another moment.
    UPDATE = "UPDATE reminders SET text = ?3, due_at = ?4, rung_at = CASE WHEN due_at = ?4 THEN rung_at END WHERE tenant_id = ?1 AND id = ?2";
    /// Done with.
    DELETE = "DELETE FROM reminders WHERE tenant_id = ?1 AND id = ?2";
    /// What is due and was not told.
    DUE = "SELECT id, user_id, ticket_id, text FROM reminders WHERE tenant_id = ?1 AND rung_at IS NULL AND due_at <= ?2 ORDER BY due_at LIMIT ?3";
    /// Nobody has told it yet.
    GUARD_SILENT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM reminders WHERE tenant_id = ?1 AND id = ?2 AND rung_at IS NULL AND due_at <= ?3)";
    /// It was told.
    RING = "UPDATE reminders SET rung_at = ?3 WHERE tenant_id = ?1 AND id = ?2";
    /// A mail to its owner, if they can still sign in, be written to and want it: the trigger that leaves out what is muted looks at mails about
    /// tickets alone.
    MAIL = "INSERT INTO outbox (tenant_id, id, kind, template, recipient, recipient_user_id, locale, ticket_id, data, state, due_at, created_at)
        SELECT ?1, ?2, 'mail', 'reminder', u.email, u.id, COALESCE(u.locale, ?4), ?5, ?6, 'queued', ?7, ?7 FROM users u
        WHERE u.tenant_id = ?1 AND u.id = ?3 AND u.role <> 'client' AND u.status = 'active' AND u.mail_blocked_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM json_each(u.muted_notices) muted WHERE muted.value = 'reminder')";
}

/// A reminder as its owner sees it.
#[derive(Debug, Clone, Deserialize)]
pub struct ReminderRow {
    /// Id.
    pub id: ReminderId,
    /// What they wrote.
    pub text: String,
    /// When they are reminded.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub due_at: DateTime<Utc>,
    /// When they were.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub rung_at: Option<DateTime<Utc>>,
    /// When it was written.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// The ticket that it is about.
    pub ticket_id: Option<TicketId>,
    /// Its number; `None` where its owner does not see it.
    pub number: Option<i64>,
    /// Its title; likewise.
    pub title: Option<String>,
}

/// A reminder that is due.
#[derive(Debug, Clone, Deserialize)]
pub struct Due {
    /// Id.
    pub id: ReminderId,
    /// Whose.
    pub user_id: UserId,
    /// About which ticket.
    pub ticket_id: Option<TicketId>,
    /// What they wrote.
    pub text: String,
}

/// A reminder to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewReminder<'a> {
    /// Id.
    pub id: &'a ReminderId,
    /// Whose.
    pub owner: &'a UserId,
    /// About which ticket.
    pub ticket: Option<&'a TicketId>,
    /// What they wrote.
    pub text: &'a str,
    /// When they are to be reminded.
    pub due_at: DateTime<Utc>,
}

/// Keeps a reminder; refuses the batch (`limit`) when its owner has too many.
pub fn insert(new: &NewReminder<'_>, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [
        GUARD_ROOM.with(values![new.owner, REMINDERS_MAX]),
        INSERT.with(values![new.id, new.owner, new.ticket, new.text, new.due_at, now]),
    ]
}

/// Somebody's reminders after `(moment, id)`, the next first, with the tickets that are in their scope; read the rows as [`ReminderRow`].
pub fn of_person(owner: &UserId, scope: &TicketScope, after: (i64, &str), limit: u32) -> TenantStatement {
    let mut values = values![owner, after.0, after.1, limit];
    values.extend(scope::values(scope));
    OF_PERSON.with(values)
}

/// Somebody's reminders on the ticket of a path (`Reference::values`); read the rows as [`ReminderRow`].
pub fn of_ticket(owner: &UserId, scope: &TicketScope, [id, number]: [Value; 2]) -> TenantStatement {
    let mut values = vec![owner.into(), id, number, REMINDERS_MAX.into()];
    values.extend(scope::values(scope));
    OF_TICKET.with(values)
}

/// One of somebody's; read the row as [`ReminderRow`].
pub fn one(id: &ReminderId, owner: &UserId, scope: &TicketScope) -> TenantStatement {
    let mut values = values![id, owner];
    values.extend(scope::values(scope));
    ONE.with(values)
}

/// Gives it other words and another moment; refuses the batch (`not_found`) when it is not theirs.
pub fn update(id: &ReminderId, owner: &UserId, text: &str, due_at: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_OWN.with(values![id, owner]), UPDATE.with(values![id, text, due_at])]
}

/// Away with it; refuses the batch (`not_found`) when it is not theirs.
pub fn delete(id: &ReminderId, owner: &UserId) -> [TenantStatement; 2] {
    [GUARD_OWN.with(values![id, owner]), DELETE.with(values![id])]
}

/// What is due at a moment; read the rows as [`Due`].
pub fn due(now: DateTime<Utc>, limit: u32) -> TenantStatement {
    DUE.with(values![now, limit])
}

/// It is told now: refuses the batch (`not_found`) when it was already, or is there no longer.
pub fn ring(id: &ReminderId, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_SILENT.with(values![id, now]), RING.with(values![id, now])]
}

/// A mail to somebody of the desk: a ticket that is back (`text` is empty), or what they wrote.
pub fn mail(
    id: &OutboxId,
    to: &UserId,
    locale: Locale,
    ticket: Option<&TicketId>,
    text: &str,
    now: DateTime<Utc>,
) -> TenantStatement {
    let data = serde_json::json!({ "text": text }).to_string();
    MAIL.with(values![id, to, locale.as_str(), ticket, data, now])
}
