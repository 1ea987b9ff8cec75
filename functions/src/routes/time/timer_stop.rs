//! POST /api/time/timer/stop: whose timer it is.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{TimeEntryAnswer, answer, example};
use crate::actions::time::{self, Said};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What was done meanwhile.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimerStopIn {
    /// At most 500 characters.
    #[serde(default)]
    note: Option<String>,
    /// Whether somebody pays for it; true where it is left out.
    #[serde(default)]
    billable: Option<bool>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("time", "Stop my timer")
        .about("Begun minutes are written down, a day at most, on the day on which it began.")
        .request::<TimerStopIn>(json!({"note": "Looked through the log"}))
        .sends_etag()
        .answers::<TimeEntryAnswer>(201, "What it counted, as an entry", json!({"data": example()}))
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
}

/// Stops it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let sent: TimerStopIn = body::json(&mut request).await?;
    let said = Said { note: sent.note, billable: sent.billable, ..Said::default() };
    Ok(answer(ctx, 201, time::stop(ctx, &said).await?))
}
