//! `/api/time`: time that agents spend on tickets.

pub mod create;
pub mod delete;
pub mod export;
pub mod list;
pub mod show;
pub mod timer;
pub mod timer_discard;
pub mod timer_start;
pub mod timer_stop;
pub mod update;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::error::{ApiError, FieldError};
use shared::http::{Query, Request, Response};
use shared::id::{OrganizationId, TimeEntryId, UserId};
use shared::store::time_entries::{EntryRow, Filter, TimerRow};
use shared::ticket::Reference;
use shared::time_spent::date;

use super::access::Named;
use crate::actions::time::sees_all;
use crate::context::Ctx;
use crate::entity_tag::etag;

/// The filters of a list, as its query names them.
pub const FILTERS: [&str; 6] = ["user", "organization", "ticket", "from", "to", "billable"];

/// An entry as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TimeEntryView {
    /// Id.
    id: TimeEntryId,
    /// Whose time.
    user: Named<UserId>,
    /// Number of the ticket; null where whoever asks does not see it.
    ticket: Option<String>,
    /// Name of the company that it was for.
    organization: Option<String>,
    /// The day.
    day: String,
    /// Whole minutes.
    minutes: i64,
    /// What was done.
    note: String,
    /// Whether somebody pays for it.
    billable: bool,
    /// Counts the changes; the entity tag.
    version: i64,
    /// When it was written down.
    created_at: DateTime<Utc>,
}

impl TimeEntryView {
    fn of(ctx: &Ctx<'_>, row: EntryRow) -> Self {
        Self {
            id: row.id,
            user: Named { id: row.user_id, name: row.user_name },
            ticket: row.number.map(|number| ctx.tenant.ticket_reference(number)),
            organization: row.organization_name,
            day: row.day,
            minutes: row.minutes,
            note: row.note,
            billable: row.billable,
            version: row.version,
            created_at: row.created_at,
        }
    }
}

/// An entry in an envelope.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TimeEntryAnswer {
    /// The entry.
    data: TimeEntryView,
}

fn answer(ctx: &Ctx<'_>, status: u16, row: EntryRow) -> Response {
    let version = row.version;
    Response::json(status, &TimeEntryAnswer { data: TimeEntryView::of(ctx, row) }).with("etag", etag(version))
}

/// A running timer.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TimerView {
    /// Number of the ticket.
    ticket: String,
    /// Since when.
    started_at: DateTime<Utc>,
}

/// The same in an envelope.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TimerAnswer {
    /// Null where none runs.
    data: Option<TimerView>,
}

fn timer_answer(ctx: &Ctx<'_>, timer: Option<TimerRow>) -> Response {
    let data = timer.map(|timer| TimerView { ticket: ctx.tenant.ticket_reference(timer.number), started_at: timer.started_at });
    Response::json(200, &TimerAnswer { data })
}

fn timer_example() -> Value {
    json!({"data": {"ticket": "ACME-1042", "started_at": "2026-03-02T07:00:00Z"}})
}

fn id(request: &Request) -> Result<TimeEntryId, ApiError> {
    TimeEntryId::parse(request.param("entry")).map_err(|_| ApiError::not_found())
}

/// Reads the filters. Whoever sees only their own time asks for that, and for nobody else's.
pub fn filter(ctx: &Ctx<'_>, query: &Query) -> Result<Filter, ApiError> {
    let mut faults = Vec::new();
    let mut bad = |name: &str| faults.push(FieldError::new(name, "unknown_value"));
    let mut filter = Filter::default();
    if let Some(text) = query.filled("user") {
        filter.person = UserId::parse(text).map_err(|_| bad("user")).ok();
    }
    if let Some(text) = query.filled("organization") {
        filter.organization = OrganizationId::parse(text).map_err(|_| bad("organization")).ok();
    }
    if let Some(text) = query.filled("ticket") {
        filter.ticket = Reference::parse(text, ctx.tenant);
        if filter.ticket.is_none() {
            bad("ticket");
        }
    }
    for (name, place) in [("from", &mut filter.from), ("to", &mut filter.to)] {
        if let Some(text) = query.filled(name) {
            match date(text) {
                Some(_) => *place = Some(text.to_owned()),
                None => bad(name),
            }
        }
    }
    match query.filled("billable") {
        None => {}
        Some("true") => filter.billable = Some(true),
        Some("false") => filter.billable = Some(false),
        Some(_) => bad("billable"),
    }
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let me = &ctx.person()?.id;
    if !sees_all(ctx) {
        if filter.person.as_ref().is_some_and(|person| person != me) {
            return Err(ApiError::forbidden());
        }
        filter.person = Some(me.clone());
    }
    Ok(filter)
}

/// Where a list goes on: a day and an id.
pub fn cursor(next: &(String, String)) -> String {
    format!("{}_{}", next.0, next.1.trim_start_matches("tim_"))
}

/// What a cursor names.
pub fn after(query: &Query) -> Result<Option<(String, String)>, ApiError> {
    let Some(text) = query.filled("cursor") else { return Ok(None) };
    let parts = text.split_once('_').filter(|(day, _)| date(day).is_some());
    let parts = parts.and_then(|(day, id)| Some((day.to_owned(), TimeEntryId::parse(&format!("tim_{id}")).ok()?.to_string())));
    parts.map(Some).ok_or_else(|| ApiError::field("cursor", "bad_cursor"))
}

fn example() -> Value {
    json!({
        "id": "tim_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "user": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna"},
        "ticket": "ACME-1042", "organization": "Client Ltd", "day": "2026-03-02", "minutes": 45, "note": "Looked through the log",
        "billable": true, "version": 1, "created_at": "2026-03-02T07:00:00Z"
    })
}
