//! DELETE /api/sla/calendars/{calendar}: those with sla:manage.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::sla::calendars;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("sla", "Remove a calendar")
        .about("409 calendar_in_use while a policy or an open ticket counts by it.")
        .path("calendar", "Its id (cal_...)")
        .header("If-Match", "The ETag that was read; may be left out")
        .answers_empty(204, "It is gone")
        .refuses(&[401, 403, 404, 409, 412])
}

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    calendars::remove(ctx, &id(&request)?, IfMatch::read_if_sent(&request)?).await?;
    Ok(Response::empty(204))
}
