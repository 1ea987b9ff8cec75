//! POST /api/sla/calendars/{calendar}/holidays/import: those with sla:manage.

use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{CalendarView, example, id};
use crate::actions::sla::calendars;
use crate::actions::sla::faults::ICAL_REQUEST_BYTES_MAX;
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::{IfMatch, etag};
use crate::openapi::ApiDoc;

/// An iCalendar file within JSON.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidayFile {
    /// The file's text (RFC 5545).
    ical: String,
}

/// What the import did.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ImportedHolidays {
    /// Holidays that were not there before.
    added: usize,
    /// The calendar as it is now.
    calendar: CalendarView,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("sla", "Import holidays")
        .about(
            "All-day events of an iCalendar file, as text/calendar or as JSON. Dates that are holidays already stay as they are; yearly \
             repetition is kept, other rules are refused.",
        )
        .path("calendar", "Its id (cal_...)")
        .header("If-Match", "The ETag that was read; may be left out")
        .request::<HolidayFile>(json!({
            "ical": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260501\r\nSUMMARY:May Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        }))
        .sends_etag()
        .answers::<ImportedHolidays>(200, "How many were added, and the calendar", json!({"added": 1, "calendar": example()}))
        .refuses(&[400, 401, 403, 404, 412, 413, 415, 422])
}

/// Adds the holidays.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let if_match = IfMatch::read_if_sent(&request)?;
    let media_type = request.media_type().unwrap_or_default();
    let bytes = request.body.take().read(ICAL_REQUEST_BYTES_MAX).await?;
    let text = match media_type.as_str() {
        "text/calendar" => String::from_utf8(bytes).map_err(ApiError::malformed)?,
        "application/json" => body::parse::<HolidayFile>(&bytes)?.ical,
        _ => return Err(ApiError::unsupported_media_type()),
    };
    let (calendar, added) = calendars::import_holidays(ctx, &id, if_match, &text).await?;
    let tag = etag(calendar.version);
    Ok(Response::json(200, &ImportedHolidays { added, calendar: calendar.into() }).with("etag", tag))
}
