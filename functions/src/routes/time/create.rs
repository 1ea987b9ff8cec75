//! POST /api/time: staff with ticket:update, for themselves.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::time_spent::in_range;

use super::{TimeEntryAnswer, answer, example};
use crate::actions::tickets::reference;
use crate::actions::time::{self, Said};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Time that was spent.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeEntryIn {
    /// On which ticket: id or number.
    ticket: String,
    /// The day (2026-03-02), at most a year ago; today where it is left out.
    #[serde(default)]
    day: Option<String>,
    /// Whole minutes, 1 to 1440.
    minutes: i64,
    /// What was done, at most 500 characters.
    #[serde(default)]
    note: Option<String>,
    /// Whether somebody pays for it; true where it is left out.
    #[serde(default)]
    billable: Option<bool>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("time", "Write time down")
        .about("A person's day has 24 hours (409 `day_full`).")
        .request::<TimeEntryIn>(json!({"ticket": "ACME-1042", "minutes": 45, "note": "Looked through the log"}))
        .sends_etag()
        .sends_location()
        .answers::<TimeEntryAnswer>(201, "The entry; Location and ETag name it and its version", json!({"data": example()}))
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
}

/// Writes it down.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let sent: TimeEntryIn = body::json(&mut request).await?;
    let ticket = reference(ctx, &sent.ticket)?;
    let said = Said { day: sent.day, minutes: Some(in_range(sent.minutes)), note: sent.note, billable: sent.billable };
    let row = time::create(ctx, &ticket, &said).await?;
    let location = format!("/api/time/{}", row.id);
    Ok(answer(ctx, 201, row).with("location", location))
}
