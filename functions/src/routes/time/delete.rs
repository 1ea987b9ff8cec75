//! DELETE /api/time/{entry}: whose time it is; with time.manage everybody's.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::time;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("time", "Remove a time entry")
        .path("entry", "Its id (tim_...)")
        .header("If-Match", "The ETag that was read; may be left out")
        .answers_empty(204, "It is gone")
        .refuses(&[401, 403, 404, 412])
}

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    time::remove(ctx, &id(&request)?, IfMatch::read_if_sent(&request)?).await?;
    Ok(Response::empty(204))
}
