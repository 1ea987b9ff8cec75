//! GET /api/sla/violations: everybody with sla:read. Missed promises, the latest first.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};
use shared::id::{TicketId, UserId};
use shared::sla::{ClockKind, Priority};
use shared::store::sla_violations::{self as store, ViolationFilter, ViolationRow};

use super::{bad_cursor, cursor, cursor_of};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of missed promises.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ViolationList {
    /// The latest first.
    data: Vec<Violation>,
    /// Where to go on.
    meta: ListMeta,
}

/// A missed promise.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Violation {
    /// The ticket.
    ticket: ViolatedTicket,
    /// Which promise.
    clock: ClockKind,
    /// The moment that was missed.
    due_at: DateTime<Utc>,
    /// When it was noticed.
    detected_at: DateTime<Utc>,
    /// The ticket's priority then.
    priority: Priority,
    /// Who had the ticket then.
    assignee: Option<ViolationParty>,
    /// The policy that promised it; its name is null when it is gone.
    policy: Option<ViolatedPolicy>,
}

/// The ticket of a missed promise.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ViolatedTicket {
    /// Id.
    id: TicketId,
    /// Number.
    number: String,
}

/// Who had the ticket.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ViolationParty {
    /// Id.
    id: UserId,
    /// Name.
    name: Option<String>,
}

/// Which policy promised it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ViolatedPolicy {
    /// Id.
    id: String,
    /// Name.
    name: Option<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("sla", "List missed promises")
        .query("clock", "first_response, next_response, resolution")
        .query("priority", "critical, high, medium, low")
        .query("assignee", "Id of a person")
        .query("from", "RFC 3339: missed at this moment or later")
        .query("to", "RFC 3339: missed before this moment")
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<ViolationList>(
            200,
            "A page of missed promises",
            json!({"data": [{
                "ticket": {"id": "tkt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "number": "ACME-1042"}, "clock": "resolution",
                "due_at": "2026-03-02T15:00:00Z", "detected_at": "2026-03-02T15:00:01Z", "priority": "high",
                "assignee": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Ivan Petrov"},
                "policy": {"id": "sla_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Gold contract"}
            }], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &["clock", "priority", "assignee", "from", "to"])?;
    let limit = page::limit(&request)?;
    let filter = parse(&request)?;
    let mut rows: Vec<ViolationRow> = ctx.db.run(store::violations(&filter, limit + 1)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| {
        cursor_of(&[&row.due_at.timestamp_millis().to_string(), row.ticket_id.as_str(), row.clock.as_str()])
    });
    let data = rows.into_iter().map(|row| view(ctx, row)).collect();
    Ok(Response::json(200, &ViolationList { data, meta }))
}

fn view(ctx: &Ctx<'_>, row: ViolationRow) -> Violation {
    Violation {
        ticket: ViolatedTicket { number: ctx.tenant.ticket_reference(row.number), id: row.ticket_id },
        clock: row.clock,
        due_at: row.due_at,
        detected_at: row.detected_at,
        priority: row.priority,
        assignee: row.assignee_id.map(|id| ViolationParty { id, name: row.assignee_name }),
        policy: row.policy_id.map(|id| ViolatedPolicy { id, name: row.policy_name }),
    }
}

fn parse(request: &Request) -> Result<ViolationFilter, ApiError> {
    let mut faults = Vec::new();
    let query = &request.query;
    let filter = ViolationFilter {
        clock: query.filled("clock").and_then(|text| noted(ClockKind::parse(text), "clock", "unknown_value", &mut faults)),
        priority: query
            .filled("priority")
            .and_then(|text| noted(Priority::parse(text), "priority", "unknown_value", &mut faults)),
        assignee: query
            .filled("assignee")
            .and_then(|text| noted(UserId::parse(text).ok(), "assignee", "unknown_value", &mut faults)),
        from: query.filled("from").and_then(|text| noted(moment(text), "from", "bad_moment", &mut faults)),
        to: query.filled("to").and_then(|text| noted(moment(text), "to", "bad_moment", &mut faults)),
        after: match cursor::<3>(request)? {
            None => None,
            Some([due_at, ticket, clock]) => Some((due_at.parse().map_err(|_| bad_cursor())?, ticket, clock)),
        },
    };
    if faults.is_empty() { Ok(filter) } else { Err(ApiError::invalid(faults)) }
}

fn noted<T>(value: Option<T>, field: &str, code: &'static str, faults: &mut Vec<FieldError>) -> Option<T> {
    if value.is_none() {
        faults.push(FieldError::new(field, code));
    }
    value
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.to_utc())
}
