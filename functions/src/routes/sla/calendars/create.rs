//! POST /api/sla/calendars: those with sla:manage.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{CalendarBody, CalendarView, answer, example, example_in};
use crate::actions::sla::calendars;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("sla", "Add a calendar")
        .request::<CalendarBody>(example_in())
        .sends_etag()
        .sends_location()
        .answers::<CalendarView>(201, "The calendar; Location and ETag name it and its version", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Adds it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let (name, form) = body::json::<CalendarBody>(&mut request).await?.into_form();
    let calendar = calendars::create(ctx, &name, &form).await?;
    let location = format!("/api/sla/calendars/{}", calendar.id);
    Ok(answer(201, calendar).with("location", location))
}
