//! GET /api/sla/calendars: everybody with sla:read.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::super::{cursor, cursor_of};
use super::{CalendarView, example};
use crate::actions::sla::calendars;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of calendars.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CalendarList {
    /// By name.
    data: Vec<CalendarView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("sla", "List calendars")
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<CalendarList>(
            200,
            "A page of calendars",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let after = cursor::<1>(&request)?.map_or_else(String::new, |[name]| name);
    let mut calendars = calendars::list(ctx, &after, limit + 1).await?;
    let meta = page::cut(&mut calendars, limit, |calendar| cursor_of(&[&calendar.name]));
    Ok(Response::json(200, &CalendarList { data: calendars.into_iter().map(CalendarView::from).collect(), meta }))
}
