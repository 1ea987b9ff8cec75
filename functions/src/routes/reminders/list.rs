//! GET /api/reminders: one's own; everybody of the desk.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::ReminderId;
use shared::store::reminders::{self as store, ReminderRow};

use super::{ReminderView, example};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of reminders.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ReminderList {
    /// The next first.
    data: Vec<ReminderView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("reminders", "List my reminders")
        .about("The next first; those that were told stand before them until they are done with.")
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<ReminderList>(
            200,
            "A page of reminders",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let after = request.query.get("cursor").map(after).transpose()?.unwrap_or_default();
    let statement = store::of_person(&ctx.person()?.id, &ctx.actor.ticket_scope(), (after.0, &after.1), limit + 1);
    let mut rows: Vec<ReminderRow> = ctx.db.run(statement).await?.all()?;
    let meta = page::cut(&mut rows, limit, cursor);
    Ok(Response::json(200, &ReminderList { data: rows.into_iter().map(|row| ReminderView::of(ctx, row)).collect(), meta }))
}

/// Where a list goes on after this one.
pub fn cursor(row: &ReminderRow) -> String {
    format!("{}-{}", row.due_at.timestamp_millis(), row.id)
}

/// What a cursor names: a moment and an id.
pub fn after(cursor: &str) -> Result<(i64, String), ApiError> {
    let parts =
        cursor.split_once('-').and_then(|(moment, id)| Some((moment.parse().ok()?, ReminderId::parse(id).ok()?.to_string())));
    parts.ok_or_else(|| ApiError::field("cursor", "bad_cursor"))
}
