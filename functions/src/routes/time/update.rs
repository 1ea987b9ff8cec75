//! PATCH /api/time/{entry}: whose time it is; with time.manage everybody's.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::time_spent::in_range;

use super::{TimeEntryAnswer, answer, example, id};
use crate::actions::time::{self, Said};
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// What to change: what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeEntryChangesIn {
    /// The day.
    #[serde(default)]
    day: Option<String>,
    /// Whole minutes.
    #[serde(default)]
    minutes: Option<i64>,
    /// What was done.
    #[serde(default)]
    note: Option<String>,
    /// Whether somebody pays for it.
    #[serde(default)]
    billable: Option<bool>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("time", "Change a time entry")
        .path("entry", "Its id (tim_...)")
        .header("If-Match", "The ETag that was read; may be left out")
        .request::<TimeEntryChangesIn>(json!({"minutes": 60}))
        .sends_etag()
        .answers::<TimeEntryAnswer>(200, "The entry as it is now; ETag is its version", json!({"data": example()}))
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let (id, if_match) = (id(&request)?, IfMatch::read_if_sent(&request)?);
    let sent: TimeEntryChangesIn = body::json(&mut request).await?;
    let said = Said { day: sent.day, minutes: sent.minutes.map(in_range), note: sent.note, billable: sent.billable };
    Ok(answer(ctx, 200, time::update(ctx, &id, if_match, &said).await?))
}
