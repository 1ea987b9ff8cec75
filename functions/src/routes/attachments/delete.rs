//! DELETE /api/attachments/{attachment}: staff with ticket:update; its sender, as long as no answer has taken it along.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::attachments::remove;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("attachments", "Remove a file")
        .about("For good: the file is gone, its name stays in the ticket's history. Clients remove files that they sent ahead and that no \
             comment has taken along yet.")
        .path("attachment", "Its id (att_...)")
        .answers_empty(204, "Removed")
        .refuses(&[401, 403, 404, 409, 503])
}

/// Removes the file.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    remove(ctx, &id(&request)?).await?;
    Ok(Response::empty(204))
}
