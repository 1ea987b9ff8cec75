//! GET /api/sla/calendars/{calendar}: everybody with sla:read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{CalendarView, answer, example, id};
use crate::actions::sla::calendars;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("sla", "Show a calendar")
        .path("calendar", "Its id (cal_...)")
        .sends_etag()
        .answers::<CalendarView>(200, "The calendar; ETag is its version", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(answer(200, calendars::find(ctx, &id(&request)?).await?))
}
