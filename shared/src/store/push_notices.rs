//! Notices on their way to devices. Their rows are written by a trigger of the outbox, in the batch of the change that causes them.
//!
//! A runner claims rows before it hands them over. A claim lapses, so that a runner that died leaves nothing behind.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value as Json;

use super::outbox::still_warns;
use crate::access::Role;
use crate::database::{TenantStatement, bool_from_integer, json_text, list};
use crate::i18n::Locale;
use crate::id::{CommentId, DeviceId, TicketId, UserId};
use crate::sla::ClockKind;
use crate::tenant_statements;
use crate::ticket::Visibility;
use crate::values;

tenant_statements! {
    /// Takes what is due, claims that have lapsed included. One statement: two runners never take the same row.
    CLAIM = "UPDATE push_notices SET attempts = attempts + 1, due_at = ?3 WHERE tenant_id = ?1 AND id IN
            (SELECT id FROM push_notices WHERE tenant_id = ?1 AND due_at <= ?2 ORDER BY due_at LIMIT ?4)
        RETURNING id, attempts";
    /// All that is needed to write them: the device, its owner, the subject as it is now, how much is unread, and whether a later notice
    /// about the same ticket waits for the same device.
    FACTS = "SELECT n.id, n.attempts, n.template, n.ticket_id, n.comment_id, n.data, d.id AS device_id, d.endpoint, d.p256dh, d.auth,
            COALESCE(u.locale, d.locale) AS locale, u.role, u.zone, u.quiet_from, u.quiet_until, u.status = 'active' AS active,
            t.number, t.title, t.sla, t.from_unverified = 0 OR r.email_verified_at IS NOT NULL AS confirmed, t.deleted_at IS NULL AS there,
            c.body, c.visibility,
            (SELECT w.events FROM push_news w WHERE w.tenant_id = ?1 AND w.user_id = n.user_id AND w.ticket_id = n.ticket_id) AS events,
            (SELECT COUNT(*) FROM (SELECT 1 FROM push_news w
                CROSS JOIN tickets k ON k.tenant_id = w.tenant_id AND k.id = w.ticket_id AND k.deleted_at IS NULL
                WHERE w.tenant_id = ?1 AND w.user_id = n.user_id LIMIT 99)) AS unread,
            EXISTS (SELECT 1 FROM push_notices l WHERE l.tenant_id = ?1 AND l.device_id = n.device_id AND l.ticket_id = n.ticket_id
                AND (l.created_at, l.id) > (n.created_at, n.id)) AS overtaken
        FROM push_notices n
            JOIN push_devices d ON d.tenant_id = n.tenant_id AND d.id = n.device_id
            JOIN users u ON u.tenant_id = n.tenant_id AND u.id = n.user_id
            LEFT JOIN tickets t ON t.tenant_id = n.tenant_id AND t.id = n.ticket_id
            LEFT JOIN users r ON r.tenant_id = t.tenant_id AND r.id = t.requester_id
            LEFT JOIN ticket_comments c ON c.tenant_id = n.tenant_id AND c.id = n.comment_id
        WHERE n.tenant_id = ?1 AND n.id IN (SELECT value FROM json_each(?2)) LIMIT 100";
    /// It is over: handed over, or of no use any more.
    END = "DELETE FROM push_notices WHERE tenant_id = ?1 AND id = ?2 AND attempts = ?3";
    /// It was handed over.
    SENT = "UPDATE push_devices SET sent_at = ?3 WHERE tenant_id = ?1 AND id = ?2";
    /// Another try later.
    POSTPONE = "UPDATE push_notices SET due_at = ?4 WHERE tenant_id = ?1 AND id = ?2 AND attempts = ?3";
    /// It waits, which is no try.
    HOLD = "UPDATE push_notices SET due_at = ?4, attempts = 0 WHERE tenant_id = ?1 AND id = ?2 AND attempts = ?3";
    /// The service does not know the device any more.
    GONE = "DELETE FROM push_devices WHERE tenant_id = ?1 AND id = ?2";
    /// Somebody looks at a ticket: what was said of it is no news.
    READ = "DELETE FROM push_news WHERE tenant_id = ?1 AND user_id = ?2 AND ticket_id = ?3";
    /// People who follow a ticket no more hear of it no more.
    FORGET = "DELETE FROM push_news WHERE tenant_id = ?1 AND ticket_id = ?2 AND user_id IN
        (SELECT u.id FROM json_each(?3) j CROSS JOIN users u ON u.tenant_id = ?1 AND u.email = j.value)";
    /// Tickets of which somebody has news.
    UNREAD = "SELECT COUNT(*) AS tickets FROM (SELECT 1 FROM push_news w
        CROSS JOIN tickets k ON k.tenant_id = w.tenant_id AND k.id = w.ticket_id AND k.deleted_at IS NULL
        WHERE w.tenant_id = ?1 AND w.user_id = ?2 LIMIT 99) LIMIT 1";
}

/// A claimed row.
#[derive(Debug, Clone, Deserialize)]
pub struct Claimed {
    /// Id.
    pub id: String,
    /// The claim's number.
    pub attempts: i64,
}

/// A notice with all that is needed to write it.
#[derive(Debug, Clone, Deserialize)]
pub struct Facts {
    /// Id.
    pub id: String,
    /// Which try this is, from 1; also the claim's number.
    pub attempts: i64,
    /// The kind of the mail that it comes with, or `trial`.
    pub template: String,
    /// The ticket.
    pub ticket_id: Option<TicketId>,
    /// The comment.
    pub comment_id: Option<CommentId>,
    /// What the mail's template needs.
    #[serde(deserialize_with = "json_text")]
    pub data: Json,
    /// The device.
    pub device_id: DeviceId,
    /// Its address.
    pub endpoint: String,
    /// Its point.
    pub p256dh: String,
    /// Its secret.
    pub auth: String,
    /// The reader's language.
    pub locale: Locale,
    /// The reader's role.
    pub role: Role,
    /// The reader's zone.
    pub zone: Option<String>,
    /// The reader's quiet hours.
    pub quiet_from: Option<i64>,
    /// Their end.
    pub quiet_until: Option<i64>,
    /// Whether the reader can sign in.
    #[serde(deserialize_with = "bool_from_integer")]
    pub active: bool,
    /// The ticket's number.
    pub number: Option<i64>,
    /// Its title.
    pub title: Option<String>,
    /// Its clocks as they are stored: only a warning needs to read them.
    pub sla: Option<String>,
    /// Whether whoever wrote it is known by their address; `None` without a ticket.
    pub confirmed: Option<i64>,
    /// Whether it is not deleted.
    pub there: Option<i64>,
    /// The comment's text.
    pub body: Option<String>,
    /// Who sees it.
    pub visibility: Option<Visibility>,
    /// How many notices there were since the reader last saw the ticket; `None` when they have seen it.
    pub events: Option<i64>,
    /// Tickets that the reader has not looked at.
    pub unread: i64,
    /// Whether a later one says it.
    #[serde(deserialize_with = "bool_from_integer")]
    pub overtaken: bool,
}

impl Facts {
    /// Whether it is no warning, or one that is still true. What says neither of which clock nor of how many percent is none.
    pub fn still_warns(&self) -> bool {
        if self.template != "sla_warning" {
            return true;
        }
        let clock = self.data.get("target").and_then(Json::as_str).and_then(ClockKind::parse);
        let percent = self.data.get("percent").and_then(Json::as_u64).and_then(|percent| u8::try_from(percent).ok());
        let named = self.sla.as_deref().zip(clock).zip(percent);
        named.is_some_and(|((sla, clock), percent)| still_warns(sla, clock, percent))
    }
}

/// The row of [`unread`].
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Unread {
    /// How many.
    pub tickets: i64,
}

/// Claims up to `limit` due notices until `until`; read the rows as [`Claimed`].
pub fn claim(now: DateTime<Utc>, until: DateTime<Utc>, limit: u32) -> TenantStatement {
    CLAIM.with(values![now, until, limit])
}

/// What is needed to write the claimed notices; read the rows as [`Facts`].
pub fn facts(claimed: &[Claimed]) -> TenantStatement {
    let ids: Vec<&str> = claimed.iter().map(|one| one.id.as_str()).collect();
    FACTS.with(values![list(&ids)])
}

/// A notice is over without having been handed over.
pub fn end(notice: &Facts) -> TenantStatement {
    END.with(values![&notice.id, notice.attempts])
}

/// A notice was handed over.
pub fn sent(notice: &Facts, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [end(notice), SENT.with(values![&notice.device_id, now])]
}

/// A notice is tried again at `due_at`.
pub fn postpone(notice: &Facts, due_at: DateTime<Utc>) -> TenantStatement {
    POSTPONE.with(values![&notice.id, notice.attempts, due_at])
}

/// A notice waits until `due_at`.
pub fn hold(notice: &Facts, due_at: DateTime<Utc>) -> TenantStatement {
    HOLD.with(values![&notice.id, notice.attempts, due_at])
}

/// The service does not know the device any more.
pub fn gone(device: &DeviceId) -> TenantStatement {
    GONE.with(values![device])
}

/// Somebody has looked at a ticket.
pub fn read(user: &UserId, ticket: &TicketId) -> TenantStatement {
    READ.with(values![user, ticket])
}

/// People are told of a ticket no more, by their addresses.
pub fn forget(ticket: &TicketId, emails: &[String]) -> TenantStatement {
    FORGET.with(values![ticket, list(emails)])
}

/// How many tickets somebody has news of; read the row as [`Unread`].
pub fn unread(user: &UserId) -> TenantStatement {
    UNREAD.with(values![user])
}
