//! PUT /api/sla/calendars/{calendar}: those with sla:manage.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{CalendarBody, CalendarView, answer, example, example_in, id};
use crate::actions::sla::calendars;
use crate::actions::tickets::IfMatch;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("sla", "Replace a calendar")
        .about(
            "The whole calendar as it is to be. Open tickets that count by it are counted anew in the background; each that comes out \
             otherwise gets a line in its history, and an audit line with its old and new deadlines.",
        )
        .path("calendar", "Its id (cal_...)")
        .header("If-Match", "The ETag that was read, or *")
        .request::<CalendarBody>(example_in())
        .sends_etag()
        .answers::<CalendarView>(200, "The calendar as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 412, 413, 415, 422, 428])
}

/// Replaces it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let if_match = IfMatch::read(&request)?;
    let (name, form) = body::json::<CalendarBody>(&mut request).await?.into_form();
    Ok(answer(200, calendars::replace(ctx, &id, if_match, &name, &form).await?))
}
