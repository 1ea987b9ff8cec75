//! DELETE /api/attachments/{attachment}: staff with ticket:update.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::attachments::remove;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("attachments", "Remove a file")
        .about("For good: the file is gone, its name stays in the ticket's history.")
        .path("attachment", "Its id (att_...)")
        .answers_empty(204, "Removed")
        .refuses(&[401, 403, 404, 503])
}

/// Removes the file.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    remove(ctx, &id(&request)?).await?;
    Ok(Response::empty(204))
}
