//! DELETE /api/sessions: ends every session of the person but the one that asks.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::sessions;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "End my other sessions").answers_empty(204, "This one is the only one left").refuses(&[401, 403])
}

/// Ends them.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    sessions::end_others(ctx).await?;
    Ok(Response::empty(204))
}
