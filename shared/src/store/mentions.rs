//! Who is named in notes of tickets, and the mails that tell them.

use chrono::{DateTime, Utc};

use crate::database::TenantStatement;
use crate::i18n::Locale;
use crate::id::{CommentId, OutboxId, UserId};
use crate::tenant_statements;
use crate::ticket::TicketRow;
use crate::values;

tenant_statements! {
    /// Somebody is named in a note; of several on one ticket the latest counts.
    MENTION = "INSERT INTO ticket_mentions (tenant_id, user_id, number, ticket_id, comment_id, mentioned_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (tenant_id, user_id, number) DO UPDATE SET comment_id = excluded.comment_id, mentioned_at = excluded.mentioned_at";
    /// The mail that tells somebody, in their own language.
    NOTIFY = "INSERT INTO outbox (tenant_id, id, kind, template, recipient, recipient_user_id, locale, ticket_id, comment_id, data, state,
            due_at, created_at)
        SELECT ?1, ?2, 'mail', ?3, u.email, u.id, COALESCE(u.locale, ?5), ?6, ?7, ?8, 'queued', ?9, ?9
        FROM users u WHERE u.tenant_id = ?1 AND u.id = ?4 AND u.role <> 'client' AND u.status = 'active' AND u.mail_blocked_at IS NULL";
}

/// Notes that somebody is named in a note of a ticket.
pub fn mention(user: &UserId, ticket: &TicketRow, comment: &CommentId, now: DateTime<Utc>) -> TenantStatement {
    MENTION.with(values![user, ticket.number, &ticket.id, comment, now])
}

/// A mail to somebody who is named in a note.
#[derive(Debug, Clone)]
pub struct MentionMail<'a> {
    /// Id.
    pub id: &'a OutboxId,
    /// The kind of mail.
    pub template: &'a str,
    /// Who is named.
    pub user: &'a UserId,
    /// The language of those who chose none.
    pub locale: Locale,
    /// The ticket.
    pub ticket: &'a TicketRow,
    /// The note.
    pub comment: &'a CommentId,
    /// What the template needs beside it.
    pub data: serde_json::Value,
}

/// Queues the mail; to somebody who cannot be written to none.
pub fn notify(mail: &MentionMail<'_>, now: DateTime<Utc>) -> TenantStatement {
    let data = mail.data.to_string();
    NOTIFY.with(values![mail.id, mail.template, mail.user, mail.locale.as_str(), &mail.ticket.id, mail.comment, data, now])
}
