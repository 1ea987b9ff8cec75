//! GET /api/time/{entry}: whose time it is; with report.read or time.manage everybody's.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{TimeEntryAnswer, answer, example, id};
use crate::actions::time;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("time", "Show a time entry")
        .path("entry", "Its id (tim_...)")
        .sends_etag()
        .answers::<TimeEntryAnswer>(200, "The entry; ETag is its version", json!({"data": example()}))
        .refuses(&[401, 403, 404])
}

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(answer(ctx, 200, time::find(ctx, &id(&request)?).await?))
}
