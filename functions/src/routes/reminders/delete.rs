//! DELETE /api/reminders/{reminder}: its owner.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::reminders;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("reminders", "Be done with a reminder")
        .path("reminder", "Its id (rem_...)")
        .answers_empty(204, "It is gone")
        .refuses(&[401, 403, 404])
}

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    reminders::remove(ctx, &id(&request)?).await?;
    Ok(Response::empty(204))
}
