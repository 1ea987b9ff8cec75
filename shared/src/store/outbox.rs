//! What leaves the system: the row is written in the batch of the change that causes it, and carried out later.
//!
//! A runner claims rows before it carries them out. A claim lapses, so that a runner that died leaves nothing behind; what a
//! runner reports counts only while the claim is still its own (`attempts` is the claim's number).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::access::Role;
use crate::database::{DbError, Rows, TenantStatement, bool_from_integer, json_text, list, optional_json_text};
use crate::i18n::Locale;
use crate::id::{CommentId, OutboxId, TicketId, UserId};
use crate::sla::{ClockKind, Clocks};
use crate::tenant_statements;
use crate::ticket::Visibility;
use crate::values;

tenant_statements! {
    /// A mail to send.
    INSERT_MAIL = "INSERT INTO outbox (tenant_id, id, kind, template, recipient, recipient_user_id, locale, ticket_id, comment_id, data, state,
        due_at, created_at) VALUES (?1, ?2, 'mail', ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'queued', ?10, ?10)";
    /// A short message to send. Its number is nobody's address.
    INSERT_SMS = "INSERT INTO outbox (tenant_id, id, kind, channel, template, recipient, recipient_user_id, locale, data, state, due_at, created_at)
        VALUES (?1, ?2, 'mail', 'sms', ?3, ?4, ?5, ?6, ?7, 'queued', ?8, ?8)";
    /// Takes what is due, claims that have lapsed included. One statement: two runners never take the same row.
    CLAIM = "UPDATE outbox SET state = 'sending', attempts = attempts + 1, due_at = ?3
        WHERE tenant_id = ?1 AND id IN (SELECT id FROM outbox WHERE tenant_id = ?1 AND state IN ('queued', 'sending') AND due_at <= ?2
            ORDER BY due_at LIMIT ?4)
        RETURNING id, channel, template, recipient, locale, ticket_id, comment_id, data, attempts, created_at";
    /// It is on its way.
    SENT = "UPDATE outbox SET state = 'sent', subject = ?4, sent_at = ?5, error = NULL
        WHERE tenant_id = ?1 AND id = ?2 AND attempts = ?3 AND state = 'sending'";
    /// Another try later.
    POSTPONE = "UPDATE outbox SET state = 'queued', due_at = ?4, error = ?5, subject = COALESCE(?6, subject)
        WHERE tenant_id = ?1 AND id = ?2 AND attempts = ?3 AND state = 'sending'";
    /// It never will be.
    FAIL = "UPDATE outbox SET state = 'failed', error = ?4, subject = COALESCE(?5, subject)
        WHERE tenant_id = ?1 AND id = ?2 AND attempts = ?3 AND state = 'sending'";
    /// A short message has come to an end: what it was made of goes, and of the number its last digits stay.
    END_SMS = "UPDATE outbox SET state = ?4, subject = ?5, error = ?6, sent_at = ?7, recipient = ?8, data = '{}'
        WHERE tenant_id = ?1 AND id = ?2 AND attempts = ?3 AND state = 'sending'";
    /// What was sent came back.
    BOUNCED = "UPDATE outbox SET state = 'failed', error = ?3
        WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?2)) AND state = 'sent'";
    /// A person wants another try of what failed.
    RETRY = "UPDATE outbox SET state = 'queued', attempts = 0, due_at = ?3, error = NULL
        WHERE tenant_id = ?1 AND id = ?2 AND state = 'failed'";
    /// Only mail that failed can be tried again; the code of a short message is over.
    GUARD_FAILED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        (SELECT state = 'failed' AND channel = 'mail' FROM outbox WHERE tenant_id = ?1 AND id = ?2)";
    /// Tickets that mails are about.
    TICKETS = "SELECT t.id, t.number, t.title, t.from_unverified, t.deleted_at IS NOT NULL AS deleted, t.first_response_due_at, t.next_due_at, t.sla,
            r.email AS requester_email, r.email_verified_at IS NOT NULL AS requester_verified
        FROM tickets t JOIN users r ON r.tenant_id = t.tenant_id AND r.id = t.requester_id
        WHERE t.tenant_id = ?1 AND t.id IN (SELECT value FROM json_each(?2)) LIMIT 100";
    /// Comments that mails carry.
    COMMENTS = "SELECT c.id, c.body, c.visibility, c.quoted, f.recipients AS forwarded_to
        FROM ticket_comments c LEFT JOIN ticket_forwards f ON f.tenant_id = c.tenant_id AND f.comment_id = c.id
        WHERE c.tenant_id = ?1 AND c.id IN (SELECT value FROM json_each(?2)) LIMIT 100";
    /// Files that go out with those of them that were forwarded.
    FORWARDED_FILES = "SELECT f.comment_id, a.file_name, a.media_type, a.storage_key
        FROM ticket_forwards f JOIN json_each(f.files) j JOIN ticket_attachments a ON a.tenant_id = f.tenant_id AND a.id = j.value
        WHERE f.tenant_id = ?1 AND f.comment_id IN (SELECT value FROM json_each(?2)) ORDER BY f.comment_id, j.key LIMIT 500";
    /// Files that came with those comments.
    FILES = "SELECT comment_id, file_name FROM ticket_attachments
        WHERE tenant_id = ?1 AND comment_id IN (SELECT value FROM json_each(?2)) AND visibility = 'public' ORDER BY comment_id, created_at, id LIMIT 200";
    /// The people behind addresses.
    READERS = "SELECT email, role, zone, status = 'active' AND email_verified_at IS NOT NULL AS confirmed,
            status = 'active' AS signs_in, mail_blocked_at IS NOT NULL AS blocked
        FROM users WHERE tenant_id = ?1 AND email IN (SELECT value FROM json_each(?2)) LIMIT 100";
    /// One mail of the log.
    ONE = "SELECT o.id, o.channel, o.template, o.recipient, o.ticket_id, t.number, o.state, o.attempts, o.due_at, o.subject, o.error, o.created_at, o.sent_at
        FROM outbox o LEFT JOIN tickets t ON t.tenant_id = o.tenant_id AND t.id = o.ticket_id WHERE o.tenant_id = ?1 AND o.id = ?2 LIMIT 1";
    /// The log, newest first.
    LOG = "SELECT o.id, o.channel, o.template, o.recipient, o.ticket_id, t.number, o.state, o.attempts, o.due_at, o.subject, o.error, o.created_at, o.sent_at
        FROM outbox o LEFT JOIN tickets t ON t.tenant_id = o.tenant_id AND t.id = o.ticket_id
        WHERE o.tenant_id = ?1 AND (o.created_at, o.id) < (?2, ?3) ORDER BY o.created_at DESC, o.id DESC LIMIT ?4";
    /// One state of it; what is being sent counts as queued.
    LOG_STATE = "SELECT o.id, o.channel, o.template, o.recipient, o.ticket_id, t.number, o.state, o.attempts, o.due_at, o.subject, o.error, o.created_at,
            o.sent_at
        FROM outbox o LEFT JOIN tickets t ON t.tenant_id = o.tenant_id AND t.id = o.ticket_id
        WHERE o.tenant_id = ?1 AND (o.created_at, o.id) < (?2, ?3) AND o.state IN (?5, CASE ?5 WHEN 'queued' THEN 'sending' ELSE ?5 END)
        ORDER BY o.created_at DESC, o.id DESC LIMIT ?4";
    /// Mails to one address.
    LOG_RECIPIENT = "SELECT o.id, o.channel, o.template, o.recipient, o.ticket_id, t.number, o.state, o.attempts, o.due_at, o.subject, o.error, o.created_at,
            o.sent_at
        FROM outbox o LEFT JOIN tickets t ON t.tenant_id = o.tenant_id AND t.id = o.ticket_id
        WHERE o.tenant_id = ?1 AND (o.created_at, o.id) < (?2, ?3) AND o.recipient = ?6
          AND (?5 IS NULL OR o.state = ?5 OR (?5 = 'queued' AND o.state = 'sending'))
        ORDER BY o.created_at DESC, o.id DESC LIMIT ?4";
    /// Mails about one ticket.
    LOG_TICKET = "SELECT o.id, o.channel, o.template, o.recipient, o.ticket_id, t.number, o.state, o.attempts, o.due_at, o.subject, o.error, o.created_at,
            o.sent_at
        FROM outbox o LEFT JOIN tickets t ON t.tenant_id = o.tenant_id AND t.id = o.ticket_id
        WHERE o.tenant_id = ?1 AND (o.created_at, o.id) < (?2, ?3)
          AND o.ticket_id = (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?6)
          AND (?5 IS NULL OR o.state = ?5 OR (?5 = 'queued' AND o.state = 'sending'))
        ORDER BY o.created_at DESC, o.id DESC LIMIT ?4";
}

/// By which way something leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OutboxChannel)]
pub enum Channel {
    /// Mail.
    Mail,
    /// A short message to a telephone.
    Sms,
}

/// A short message to write into the outbox.
#[derive(Debug, Clone)]
pub struct NewSms<'a> {
    /// Id.
    pub id: OutboxId,
    /// The kind of message.
    pub template: &'a str,
    /// The number (E.164).
    pub number: &'a str,
    /// Whose it is.
    pub user: &'a UserId,
    /// The reader's language.
    pub locale: Locale,
    /// What the template needs.
    pub data: Json,
}

/// How a short message ended.
#[derive(Debug, Clone, Copy)]
pub struct SmsEnd<'a> {
    /// Whether the gateway took it.
    pub is_sent: bool,
    /// What the log shows of it.
    pub subject: Option<&'a str>,
    /// Why it did not leave.
    pub error: Option<&'a str>,
    /// What the log shows of the number.
    pub number: &'a str,
}

/// A mail to write into the outbox.
#[derive(Debug, Clone)]
pub struct NewMail<'a> {
    /// Id.
    pub id: OutboxId,
    /// The kind of mail: `ticket_received`, `agent_reply`, ...
    pub template: &'a str,
    /// The address.
    pub recipient: &'a str,
    /// The person, if the address is one's.
    pub recipient_user: Option<&'a UserId>,
    /// The reader's language.
    pub locale: Locale,
    /// The ticket that it is about.
    pub ticket: Option<&'a TicketId>,
    /// The comment that it carries.
    pub comment: Option<&'a CommentId>,
    /// What the template needs beside ticket and comment, which are read when the mail is made.
    pub data: Json,
}

/// A mail that a runner has claimed.
#[derive(Debug, Clone, Deserialize)]
pub struct Claimed {
    /// Id.
    pub id: OutboxId,
    /// By which way it leaves.
    pub channel: Channel,
    /// Kind of mail.
    pub template: String,
    /// The address.
    pub recipient: String,
    /// The reader's language.
    pub locale: Locale,
    /// The ticket that it is about.
    pub ticket_id: Option<TicketId>,
    /// The comment that it carries.
    pub comment_id: Option<CommentId>,
    /// What the template needs.
    #[serde(deserialize_with = "json_text")]
    pub data: Json,
    /// Which try this is, from 1; also the claim's number.
    pub attempts: i64,
    /// When it was written, in milliseconds.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
}

/// What a mail needs to know of its ticket.
#[derive(Debug, Clone, Deserialize)]
pub struct TicketFacts {
    /// Id.
    pub id: TicketId,
    /// Number.
    pub number: i64,
    /// Title.
    pub title: String,
    /// Written by an address that was not confirmed then.
    #[serde(deserialize_with = "bool_from_integer")]
    pub from_unverified: bool,
    /// Whether it is deleted.
    #[serde(deserialize_with = "bool_from_integer")]
    pub deleted: bool,
    /// When the first response is due.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub first_response_due_at: Option<DateTime<Utc>>,
    /// The earliest due moment of a running clock.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub next_due_at: Option<DateTime<Utc>>,
    /// The clocks as they are stored: only a warning needs to read them.
    pub sla: String,
    /// Who asked.
    pub requester_email: String,
    /// Whether the requester has confirmed the address.
    #[serde(deserialize_with = "bool_from_integer")]
    pub requester_verified: bool,
}

impl TicketFacts {
    /// Whether mails may repeat what the requester typed.
    pub fn may_echo(&self) -> bool {
        !self.from_unverified || self.requester_verified
    }

    /// Whether a warning of so many percent is still true.
    pub fn still_warns(&self, clock: ClockKind, percent: u8) -> bool {
        still_warns(&self.sla, clock, percent)
    }
}

/// Whether a warning of so many percent is still true by the clocks that a ticket stores: its clock runs towards the same promise. Of clocks
/// that cannot be read nobody knows better.
pub(super) fn still_warns(sla: &str, clock: ClockKind, percent: u8) -> bool {
    serde_json::from_str::<Clocks>(sla).map_or(true, |clocks| clocks.clock(clock).still_warns(percent))
}

/// A comment that a mail carries.
#[derive(Debug, Clone, Deserialize)]
pub struct CommentFacts {
    /// Id.
    pub id: CommentId,
    /// Markdown.
    pub body: String,
    /// Who sees it.
    pub visibility: Visibility,
    /// What it quotes.
    pub quoted: Option<String>,
    /// To whom it was forwarded; `None` when it was not.
    #[serde(deserialize_with = "optional_json_text")]
    pub forwarded_to: Option<Vec<String>>,
}

impl CommentFacts {
    /// Whether it was forwarded to this address.
    pub fn was_forwarded_to(&self, address: &str) -> bool {
        self.forwarded_to.iter().flatten().any(|recipient| recipient == address)
    }
}

/// A file that goes out with a forwarded comment.
#[derive(Debug, Clone, Deserialize)]
pub struct ForwardedFile {
    /// The comment.
    pub comment_id: CommentId,
    /// Name.
    pub file_name: String,
    /// Type as found by content.
    pub media_type: String,
    /// Where it lies in file storage.
    pub storage_key: String,
}

/// A file that came with a comment.
#[derive(Debug, Clone, Deserialize)]
pub struct FileFacts {
    /// The comment.
    pub comment_id: CommentId,
    /// Name.
    pub file_name: String,
}

/// The person behind an address.
#[derive(Debug, Clone, Deserialize)]
pub struct Reader {
    /// The address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Time zone.
    pub zone: Option<String>,
    /// Whether the address is known to be the person's own.
    #[serde(deserialize_with = "bool_from_integer")]
    pub confirmed: bool,
    /// Whether the person can sign in.
    #[serde(deserialize_with = "bool_from_integer")]
    pub signs_in: bool,
    /// Whether mail to it came back.
    #[serde(deserialize_with = "bool_from_integer")]
    pub blocked: bool,
}

/// A line of the log.
#[derive(Debug, Clone, Deserialize)]
pub struct Logged {
    /// Id.
    pub id: OutboxId,
    /// By which way it leaves.
    pub channel: Channel,
    /// Kind of mail.
    pub template: String,
    /// The address.
    pub recipient: String,
    /// The ticket.
    pub ticket_id: Option<TicketId>,
    /// Its number.
    pub number: Option<i64>,
    /// `queued`, `sending`, `sent`, `failed`.
    pub state: String,
    /// Tries so far.
    pub attempts: i64,
    /// When it is tried (again).
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub due_at: DateTime<Utc>,
    /// Subject, once it was written.
    pub subject: Option<String>,
    /// Why it did not leave.
    pub error: Option<String>,
    /// When it was asked for.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it left.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub sent_at: Option<DateTime<Utc>>,
}

impl Logged {
    /// The address; of a number its last digits.
    pub fn shown_recipient(&self) -> String {
        match self.channel {
            Channel::Mail => self.recipient.clone(),
            Channel::Sms => crate::auth::sms::masked(&self.recipient),
        }
    }
}

/// What narrows the log.
#[derive(Debug, Clone, Default)]
pub struct LogFilter {
    /// `queued`, `sent` or `failed`.
    pub state: Option<String>,
    /// Only to this address.
    pub recipient: Option<String>,
    /// Only about the ticket of this number.
    pub number: Option<i64>,
}

/// Queues a mail; it may go at once.
pub fn mail(mail: &NewMail<'_>, now: DateTime<Utc>) -> TenantStatement {
    INSERT_MAIL.with(values![
        &mail.id,
        mail.template,
        mail.recipient,
        mail.recipient_user,
        mail.locale.as_str(),
        mail.ticket,
        mail.comment,
        mail.data.to_string(),
        now
    ])
}

/// Queues a short message; it may go at once.
pub fn sms(sms: &NewSms<'_>, now: DateTime<Utc>) -> TenantStatement {
    INSERT_SMS.with(values![&sms.id, sms.template, sms.number, sms.user, sms.locale.as_str(), sms.data.to_string(), now])
}

/// Notes how the claimed short message ended, and takes away what it was made of.
pub fn end_sms(sms: &Claimed, end: SmsEnd<'_>, now: DateTime<Utc>) -> TenantStatement {
    let state = if end.is_sent { "sent" } else { "failed" };
    END_SMS.with(values![&sms.id, sms.attempts, state, end.subject, end.error, end.is_sent.then_some(now), end.number])
}

/// Claims up to `limit` due mails until `until`; read the rows as [`Claimed`].
pub fn claim(now: DateTime<Utc>, until: DateTime<Utc>, limit: u32) -> TenantStatement {
    CLAIM.with(values![now, until, limit])
}

/// Notes that the claimed mail was taken by the transport.
pub fn sent(mail: &Claimed, subject: &str, now: DateTime<Utc>) -> TenantStatement {
    SENT.with(values![&mail.id, mail.attempts, subject, now])
}

/// Notes that the claimed mail is to be tried again at `due_at`.
pub fn postpone(mail: &Claimed, due_at: DateTime<Utc>, error: &str, subject: Option<&str>) -> TenantStatement {
    POSTPONE.with(values![&mail.id, mail.attempts, due_at, error, subject])
}

/// Notes that the claimed mail will never leave.
pub fn fail(mail: &Claimed, error: &str, subject: Option<&str>) -> TenantStatement {
    FAIL.with(values![&mail.id, mail.attempts, error, subject])
}

/// Notes that mails came back after they were sent.
pub fn bounced(ids: &[OutboxId], error: &str) -> TenantStatement {
    BOUNCED.with(values![list(ids), error])
}

/// Queues a failed mail again; refuses the batch (`conflict`) when it did not fail, or is no mail.
pub fn retry(id: &OutboxId, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_FAILED.with(values![id]), RETRY.with(values![id, now])]
}

/// Tickets by id; read the rows as [`TicketFacts`].
pub fn tickets(ids: &[&TicketId]) -> TenantStatement {
    TICKETS.with(values![list(ids)])
}

/// Comments by id; read the rows as [`CommentFacts`].
pub fn comments(ids: &[&CommentId]) -> TenantStatement {
    COMMENTS.with(values![list(ids)])
}

/// Public files of comments; read the rows as [`FileFacts`].
pub fn files(comments: &[&CommentId]) -> TenantStatement {
    FILES.with(values![list(comments)])
}

/// Files that went out with forwarded comments; read the rows as [`ForwardedFile`].
pub fn forwarded_files(comments: &[&CommentId]) -> TenantStatement {
    FORWARDED_FILES.with(values![list(comments)])
}

/// People by address; read the rows as [`Reader`].
pub fn readers(addresses: &[&str]) -> TenantStatement {
    READERS.with(values![list(addresses)])
}

/// A mail of the log; read the row as [`Logged`].
pub fn one(id: &OutboxId) -> TenantStatement {
    ONE.with(values![id])
}

/// Up to `limit` mails of the log before `(created_at in ms, id)`, newest first.
pub fn log(filter: &LogFilter, before: (i64, &str), limit: u32) -> TenantStatement {
    let (at, id) = before;
    let state = filter.state.as_deref();
    match (filter.number, &filter.recipient, state) {
        (Some(number), _, _) => LOG_TICKET.with(values![at, id, limit, state, number]),
        (None, Some(recipient), _) => LOG_RECIPIENT.with(values![at, id, limit, state, recipient]),
        (None, None, Some(state)) => LOG_STATE.with(values![at, id, limit, state]),
        (None, None, None) => LOG.with(values![at, id, limit]),
    }
}

/// The rows of [`log`].
pub fn logged(rows: &Rows) -> Result<Vec<Logged>, DbError> {
    rows.all()
}
