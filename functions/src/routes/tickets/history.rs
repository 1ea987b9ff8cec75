//! GET /api/tickets/{ticket}/history: everybody who sees the ticket; internal lines are for staff.

use serde::Serialize;
use serde_json::json;
use shared::access::Permission;
use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};
use shared::id::EventId;
use shared::store::history;
use shared::ticket::{HistoryView, Visibility};

use super::list::PageMeta;
use super::reference;
use crate::actions::tickets::load;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Lines that one answer carries at most.
const LINES_MAX: u32 = 500;

/// The timeline of a ticket.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Timeline {
    /// The changes, oldest first; the first page holds the latest.
    data: Vec<HistoryView>,
    /// Where to go on, towards the older ones.
    meta: PageMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "History of a ticket")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .query("limit", "1 to 500, which is also the default")
        .query("cursor", "next_cursor of the page before")
        .answers::<Timeline>(
            200,
            "Every change: who, when, from, to",
            json!({"data": [{
                "id": "evt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "at": "2026-03-02T07:30:00Z",
                "actor": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Boris"}, "kind": "status", "visibility": "public",
                "from": "new", "to": "in_progress"
            }], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[400, 401, 403, 404, 422])
}

/// Answers with the timeline.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let internal = ctx.actor.may(Permission::TicketReadInternal);
    let limit = match request.query.get("limit") {
        None => LINES_MAX,
        Some(text) => text.parse().ok().filter(|limit| (1..=LINES_MAX).contains(limit)).ok_or_else(|| {
            ApiError::invalid(vec![FieldError::new("limit", "out_of_range").arg("minimum", 1).arg("maximum", LINES_MAX)])
        })?,
    };
    let statement = match request.query.get("cursor") {
        None => history::of_ticket(&reference, internal, limit + 1),
        Some(text) => history::before_line(&reference, internal, place(text)?, limit + 1),
    };
    let mut loaded = load(ctx, &reference, vec![statement]).await?;
    let mut lines = history::lines(&loaded.next()?)?;
    if internal && !loaded.may(ctx, Permission::TicketReadInternal) {
        lines.retain(|line| line.visibility == Visibility::Public);
    }
    let has_more = lines.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if has_more {
        lines.remove(0);
    }
    let next = lines.first().filter(|_| has_more).map(|line| format!("{}.{}", line.at.timestamp_millis(), line.id));
    Ok(Response::json(200, &Timeline { data: lines.iter().map(HistoryView::of).collect(), meta: PageMeta::of(next) }))
}

/// The line before which to go on, as `next_cursor` names it.
fn place(text: &str) -> Result<(i64, &str), ApiError> {
    let bad = || ApiError::malformed("not a cursor of this list");
    let (at, id) = text.split_once('.').ok_or_else(bad)?;
    let at = at.parse().ok().filter(|at| (0..1 << 53).contains(at)).ok_or_else(bad)?;
    EventId::parse(id).map(|_| (at, id)).map_err(|_| bad())
}
