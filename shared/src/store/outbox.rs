//! What leaves the system: the row is written in the batch of the change that causes it.

use chrono::{DateTime, Utc};

use crate::database::TenantStatement;
use crate::i18n::Locale;
use crate::id::{CommentId, OutboxId, TicketId, UserId};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// A mail to send.
    INSERT_MAIL = "INSERT INTO outbox (tenant_id, id, kind, template, recipient, recipient_user_id, locale, ticket_id, comment_id, data, state,
        due_at, created_at) VALUES (?1, ?2, 'mail', ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'queued', ?10, ?10)";
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
    pub data: serde_json::Value,
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
