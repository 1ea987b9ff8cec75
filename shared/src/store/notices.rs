//! Mails to the desk about what happens on a ticket. Whom they reach is found by the statement itself, at the moment of writing: only
//! those who belong to the desk, can sign in and can be written to.

use chrono::{DateTime, Utc};

use crate::database::{TenantStatement, list};
use crate::i18n::Locale;
use crate::id::{CommentId, DepartmentId, OutboxId, TicketId, UserId};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// A mail to each member of the desk whom something on a ticket concerns: the assignee, the agents of a department, those who lead.
    /// Those who lead stand in for an assignee whom no mail reaches, and administrators where nobody leads. As many at most as there
    /// are ids.
    NOTIFY = "INSERT INTO outbox (tenant_id, id, kind, template, recipient, recipient_user_id, locale, ticket_id, data, state, due_at, created_at)
        SELECT ?1, j.value, 'mail', ?3, u.email, u.id, COALESCE(u.locale, ?4), ?5, ?6, 'queued', ?12, ?7
        FROM (SELECT p.id, p.email, p.locale, row_number() OVER (ORDER BY p.id IS ?8 DESC, p.role = 'manager' DESC, p.id) - 1 AS place
              FROM users p WHERE p.tenant_id = ?1 AND p.role IN ('admin', 'agent', 'manager') AND p.status = 'active' AND p.mail_blocked_at IS NULL
                AND p.id IS NOT ?11
                AND (p.id = ?8 OR (p.role = 'agent' AND p.department_id = ?9)
                    OR ((?10 = 1 OR (?8 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM users w WHERE w.tenant_id = ?1 AND w.id = ?8
                            AND w.role IN ('admin', 'agent', 'manager') AND w.status = 'active' AND w.mail_blocked_at IS NULL)))
                        AND (p.role = 'manager' OR (p.role = 'admin' AND NOT EXISTS (SELECT 1 FROM users m
                        WHERE m.tenant_id = ?1 AND m.role = 'manager' AND m.status = 'active' AND m.mail_blocked_at IS NULL)))))) u
            JOIN json_each(?2) j ON j.key = u.place";
    /// A mail about a client's answer to the assignee; to the followers on the desk's side where there is none who could be reached.
    NOTIFY_OF_ANSWER = "INSERT INTO outbox (tenant_id, id, kind, template, recipient, recipient_user_id, locale, ticket_id, comment_id, data,
            state, due_at, created_at)
        SELECT ?1, j.value, 'mail', ?3, u.email, u.id, COALESCE(u.locale, ?4), ?5, ?6, ?7, 'queued', ?8, ?8
        FROM (SELECT p.id, p.email, p.locale, row_number() OVER (ORDER BY p.id) - 1 AS place
              FROM users p WHERE p.tenant_id = ?1 AND p.role <> 'client' AND p.status = 'active' AND p.mail_blocked_at IS NULL AND p.id IS NOT ?10
                AND p.id IN (SELECT ?9 UNION ALL SELECT f.user_id FROM ticket_followers f
                    WHERE f.tenant_id = ?1 AND f.ticket_id = ?5 AND NOT EXISTS (SELECT 1 FROM users a WHERE a.tenant_id = ?1 AND a.id = ?9
                        AND a.role <> 'client' AND a.status = 'active' AND a.mail_blocked_at IS NULL))) u
            JOIN json_each(?2) j ON j.key = u.place";
}

/// A mail to several members of the desk.
#[derive(Debug, Clone)]
pub struct Notice<'a> {
    /// The mails' ids: as many as people may get one.
    pub ids: &'a [OutboxId],
    /// The kind of mail.
    pub template: &'a str,
    /// The language of those who chose none.
    pub locale: Locale,
    /// The ticket.
    pub ticket: &'a TicketId,
    /// What the template needs beside it.
    pub data: serde_json::Value,
    /// The one who works on it.
    pub assignee: Option<&'a UserId>,
    /// The department whose agents are told.
    pub department: Option<&'a DepartmentId>,
    /// Whether those are told who lead the desk.
    pub leaders: bool,
    /// Who caused it and needs no mail.
    pub author: Option<&'a UserId>,
    /// When the mails are to leave.
    pub due_at: DateTime<Utc>,
}

/// Queues the mails.
pub fn notify(notice: &Notice<'_>, now: DateTime<Utc>) -> TenantStatement {
    NOTIFY.with(values![
        list(notice.ids),
        notice.template,
        notice.locale.as_str(),
        notice.ticket,
        notice.data.to_string(),
        now,
        notice.assignee,
        notice.department,
        notice.leaders,
        notice.author,
        notice.due_at
    ])
}

/// A mail about a client's answer.
#[derive(Debug, Clone)]
pub struct AnswerNotice<'a> {
    /// The mails' ids: as many as people may get one.
    pub ids: &'a [OutboxId],
    /// The kind of mail.
    pub template: &'a str,
    /// The language of those who chose none.
    pub locale: Locale,
    /// The ticket.
    pub ticket: &'a TicketId,
    /// The answer.
    pub comment: &'a CommentId,
    /// What the template needs beside it.
    pub data: serde_json::Value,
    /// The one who works on it.
    pub assignee: Option<&'a UserId>,
    /// Who wrote it and needs no mail.
    pub author: Option<&'a UserId>,
}

/// Queues the mails.
pub fn notify_of_answer(notice: &AnswerNotice<'_>, now: DateTime<Utc>) -> TenantStatement {
    NOTIFY_OF_ANSWER.with(values![
        list(notice.ids),
        notice.template,
        notice.locale.as_str(),
        notice.ticket,
        notice.comment,
        notice.data.to_string(),
        now,
        notice.assignee,
        notice.author
    ])
}
