//! GET /api/sla/violations: everybody with sla:read. Missed promises, the latest first.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{TicketId, UserId};
use shared::sla::{ClockKind, MissState, Priority};

use crate::actions::sla::violations::{self, Missed};
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
    /// What became of it: open, late (answered too late), ended (never answered, and nobody waits any more), moved (the deadline was
    /// moved afterwards).
    state: MissState,
    /// Seconds beyond the promise, in the hours in which it counts, until the answer or until now; null when that is not known.
    overdue_seconds: Option<i64>,
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
        .query("policy", "Id of a policy, or standard")
        .query("from", "RFC 3339: missed at this moment or later")
        .query("to", "RFC 3339: missed before this moment")
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<ViolationList>(
            200,
            "A page of missed promises",
            json!({"data": [{
                "ticket": {"id": "tkt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "number": "ACME-1042"}, "clock": "resolution",
                "due_at": "2026-03-02T15:00:00Z", "detected_at": "2026-03-02T15:00:01Z", "state": "late",
                "overdue_seconds": 5400, "priority": "high",
                "assignee": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Ivan Petrov"},
                "policy": {"id": "sla_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Gold contract"}
            }], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &["clock", "priority", "assignee", "policy", "from", "to"])?;
    let limit = page::limit(&request)?;
    let filter = violations::filter(&request.query, &moment, &moment)?;
    let (page, _) = violations::load(ctx, &filter, limit, Vec::new()).await?;
    let data = page.rows.into_iter().map(|one| view(ctx, one)).collect();
    Ok(Response::json(200, &ViolationList { data, meta: ListMeta::of(page.next) }))
}

fn view(ctx: &Ctx<'_>, one: Missed) -> Violation {
    let Missed { row, policy_name, assignee_name, miss } = one;
    Violation {
        ticket: ViolatedTicket { number: ctx.tenant.ticket_reference(row.number), id: row.ticket_id },
        clock: row.clock,
        due_at: row.due_at,
        detected_at: row.detected_at,
        state: miss.state,
        overdue_seconds: miss.over_seconds,
        priority: row.priority,
        assignee: row.assignee_id.map(|id| ViolationParty { id, name: assignee_name }),
        policy: row.policy_id.map(|id| ViolatedPolicy { id, name: policy_name }),
    }
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.to_utc())
}
