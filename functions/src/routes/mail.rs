//! `/api/mail`: what the desk sees of mail that went out and mail that waits.

pub mod discard;
pub mod inbound;
pub mod inbound_list;
pub mod outbox;
pub mod raw;
pub mod reprocess;
pub mod retry;

use serde::Serialize;
use shared::error::{ApiError, FieldError};
use shared::http::Query;
use shared::i18n;
use shared::id::InboundId;
use shared::limits::{PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX};
use shared::store::inbound::Inbound;
use shared::store::outbox::{Channel, Logged};

use crate::actions::outbox::Cursor;
use crate::context::Ctx;

/// A mail of the log.
#[derive(Serialize, utoipa::ToSchema)]
pub struct LoggedView {
    /// Id.
    id: String,
    /// By which way it leaves.
    channel: Channel,
    /// Kind of mail: `agent_reply`, `ticket_received`, ...
    template: String,
    /// The address; of a telephone number its end.
    recipient: String,
    /// Number of the ticket that it is about.
    ticket: Option<String>,
    /// `queued`, `sending`, `sent`, `failed`.
    state: String,
    /// Tries so far.
    attempts: i64,
    /// Subject, once it was written.
    subject: Option<String>,
    /// Why it did not leave: a stable code of ours, or the words of the other server.
    reason: Option<String>,
    /// When it was asked for.
    created_at: chrono::DateTime<chrono::Utc>,
    /// When it left.
    sent_at: Option<chrono::DateTime<chrono::Utc>>,
    /// When it is tried (again); `null` once it was sent or has failed.
    due_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl LoggedView {
    /// As it is answered.
    pub fn of(ctx: &Ctx<'_>, mail: Logged) -> Self {
        let recipient = mail.shown_recipient();
        let waits = matches!(mail.state.as_str(), "queued" | "sending");
        Self {
            id: mail.id.to_string(),
            template: mail.template,
            channel: mail.channel,
            recipient,
            ticket: mail.number.map(|number| ctx.tenant.ticket_reference(number)),
            state: mail.state,
            attempts: mail.attempts,
            subject: mail.subject,
            reason: mail.error,
            created_at: mail.created_at,
            sent_at: mail.sent_at,
            due_at: waits.then_some(mail.due_at),
        }
    }
}

/// A mail that came in.
#[derive(Serialize, utoipa::ToSchema)]
pub struct InboundView {
    /// Id.
    id: String,
    /// The mailbox that it came to.
    mailbox: String,
    /// From, as the mail claims.
    sender: String,
    /// Subject.
    subject: String,
    /// Bytes.
    size: u64,
    /// `received`, `processed`, `unprocessed`, `discarded`.
    state: String,
    /// What became of it.
    outcome: Option<String>,
    /// Why it waits: a stable code.
    reason: Option<String>,
    /// The same in words.
    reason_text: Option<String>,
    /// What exactly.
    detail: Option<String>,
    /// Number of the ticket that it is in.
    ticket: Option<String>,
    /// Tries so far.
    attempts: i64,
    /// When it came.
    received_at: chrono::DateTime<chrono::Utc>,
    /// When something became of it.
    processed_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl InboundView {
    /// As it is answered.
    pub fn of(ctx: &Ctx<'_>, mail: Inbound) -> Self {
        let reason_text =
            mail.reason.as_deref().map(|reason| i18n::plain(ctx.locale, &format!("mail-reason-{}", reason.replace('_', "-"))));
        Self {
            id: mail.id.to_string(),
            mailbox: mail.mailbox,
            sender: mail.sender,
            subject: mail.subject,
            size: mail.size,
            state: mail.state,
            outcome: mail.outcome,
            reason: mail.reason,
            reason_text,
            detail: mail.detail.filter(|detail| !detail.is_empty()),
            ticket: mail.number.map(|number| ctx.tenant.ticket_reference(number)),
            attempts: mail.attempts,
            received_at: mail.received_at,
            processed_at: mail.processed_at,
        }
    }
}

/// The mail that a path names.
fn inbound_id(text: &str) -> Result<InboundId, ApiError> {
    InboundId::parse(text).map_err(|_| ApiError::not_found())
}

/// Where a list begins, and how long it is.
pub fn page_of(query: &Query) -> Result<(Cursor, u32), ApiError> {
    let before = query.filled("cursor").map_or_else(|| Ok(Cursor::start()), Cursor::parse)?;
    let limit = match query.filled("limit") {
        None => PAGE_ROWS_DEFAULT,
        Some(text) => text.parse().ok().filter(|limit| (1..=PAGE_ROWS_MAX).contains(limit)).ok_or_else(|| {
            ApiError::invalid(vec![FieldError::new("limit", "out_of_range").arg("minimum", 1).arg("maximum", PAGE_ROWS_MAX)])
        })?,
    };
    Ok((before, limit))
}

/// Refuses parameters that a list does not know.
fn only(query: &Query, known: &[&str]) -> Result<(), ApiError> {
    let faults: Vec<FieldError> = query
        .pairs()
        .map(|(name, _)| name)
        .filter(|name| !known.contains(name))
        .map(|name| FieldError::new(name, "unknown_field"))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
}

/// A mail that waits, for the API document.
fn example_inbound() -> serde_json::Value {
    serde_json::json!({
        "id": "inb_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "mailbox": "support@acme.example", "sender": "anna@client.example", "subject": "Out of office",
        "size": 2048, "state": "unprocessed", "outcome": null, "reason": "automatic", "reason_text": "An automatic answer without a ticket",
        "detail": null, "ticket": null, "attempts": 0, "received_at": "2026-03-02T07:00:00Z", "processed_at": null
    })
}

/// A mail of the log, for the API document.
fn example_logged() -> serde_json::Value {
    serde_json::json!({
        "id": "out_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "template": "agent_reply", "recipient": "anna@client.example", "ticket": "ACME-1042",
        "state": "failed", "attempts": 6, "subject": "[ACME-1042] Invoice 4711 is not posted", "reason": "recipient_blocked",
        "created_at": "2026-03-02T07:00:00Z", "sent_at": null, "due_at": null
    })
}
