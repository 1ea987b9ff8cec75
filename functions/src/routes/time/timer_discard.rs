//! DELETE /api/time/timer: whose timer it is. Nothing is written down.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::time;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("time", "Discard my timer").answers_empty(204, "It runs no longer").refuses(&[401, 403, 404])
}

/// Discards it.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    time::discard(ctx).await?;
    Ok(Response::empty(204))
}
