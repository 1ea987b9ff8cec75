//! `/api/reminders`: what somebody of the desk wants to be reminded of; theirs alone.

pub mod create;
pub mod delete;
pub mod list;
pub mod show;
pub mod update;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::error::{ApiError, FieldError};
use shared::http::Request;
use shared::id::ReminderId;
use shared::store::reminders::ReminderRow;

use crate::actions::snoozes::Wish;
use crate::context::Ctx;

/// The ticket that a reminder is about.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RemindedTicket {
    /// Number.
    number: String,
    /// Title.
    title: String,
}

/// A reminder as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ReminderView {
    /// Id.
    id: ReminderId,
    /// What they wrote.
    text: String,
    /// The ticket that it is about; null for none, and for one that whoever asks does not see any more.
    ticket: Option<RemindedTicket>,
    /// When they are reminded.
    due_at: DateTime<Utc>,
    /// When they were; null before.
    rung_at: Option<DateTime<Utc>>,
    /// When it was written.
    created_at: DateTime<Utc>,
}

impl ReminderView {
    fn of(ctx: &Ctx<'_>, row: ReminderRow) -> Self {
        let ticket = row
            .number
            .zip(row.title)
            .map(|(number, title)| RemindedTicket { number: ctx.tenant.ticket_reference(number), title });
        Self { id: row.id, text: row.text, ticket, due_at: row.due_at, rung_at: row.rung_at, created_at: row.created_at }
    }
}

/// A reminder in an envelope.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ReminderAnswer {
    /// The reminder.
    data: ReminderView,
}

fn id(request: &Request) -> Result<ReminderId, ApiError> {
    ReminderId::parse(request.param("reminder")).map_err(|_| ApiError::not_found())
}

/// A moment, or the name of one.
fn wish(text: &str) -> Result<Wish, ApiError> {
    Wish::parse(text)
        .filter(|wish| *wish != Wish::Answer)
        .ok_or_else(|| ApiError::invalid(vec![FieldError::new("due_at", "unknown_value")]))
}

fn example() -> Value {
    json!({
        "id": "rem_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "text": "Ask whether the import went through",
        "ticket": {"number": "ACME-1042", "title": "Invoice 4711 is not posted"}, "due_at": "2026-03-03T06:00:00Z", "rung_at": null,
        "created_at": "2026-03-02T07:00:00Z"
    })
}
