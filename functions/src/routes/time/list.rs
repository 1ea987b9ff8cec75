//! GET /api/time: staff, their own; with report.read or time.manage everybody's.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::time_entries::{self as store, Sum};

use super::{FILTERS, TimeEntryView, after, cursor, example, filter};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// The sum of all entries that the filters let through.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TimeSum {
    /// Minutes.
    minutes: i64,
    /// Those that somebody pays for.
    billable: i64,
    /// Whether there are more entries than the 5,000 that were summed.
    more: bool,
}

/// A page of entries.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TimeEntryList {
    /// Newest day first.
    data: Vec<TimeEntryView>,
    /// The sum of the whole list.
    sum: TimeSum,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    filtered(ApiDoc::new("time", "List time entries"))
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<TimeEntryList>(
            200,
            "A page of entries, and the sum of all",
            json!({
                "data": [example()], "sum": {"minutes": 45, "billable": 45, "more": false},
                "meta": {"has_more": false, "next_cursor": null}
            }),
        )
        .refuses(&[401, 403, 422])
}

/// The filters, for the document.
pub(super) fn filtered(doc: ApiDoc) -> ApiDoc {
    doc.query("user", "Whose time (usr_...)")
        .query("organization", "For which company (org_...)")
        .query("ticket", "On which ticket: id or number")
        .query("from", "The first day (2026-03-02)")
        .query("to", "The last day")
        .query("billable", "true or false")
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &FILTERS)?;
    let limit = page::limit(&request)?;
    let (filter, from) = (filter(ctx, &request.query)?, after(&request.query)?);
    let from = from.as_ref().map(|(day, id)| (day.as_str(), id.as_str()));
    let list = store::list(&filter, &ctx.actor.ticket_scope(), from, limit);
    let answers = ctx.db.batch(vec![list, store::sum(&filter)]).await?;
    let [rows, sum] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let (rows, next) = store::page(rows, limit)?;
    let sum: Sum = sum.first()?.unwrap_or_default();
    let list = TimeEntryList {
        data: rows.into_iter().map(|row| TimeEntryView::of(ctx, row)).collect(),
        sum: TimeSum { minutes: sum.minutes, billable: sum.billable, more: sum.entries >= store::SUMMED_MAX },
        meta: ListMeta::of(next.as_ref().map(cursor)),
    };
    Ok(Response::json(200, &list))
}
