//! DELETE /api/uploads/{upload}: gives an unfinished upload up; its sender.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{OTHER_VERSION, answer, id, other_version};
use crate::actions::uploads::give_up;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("attachments", "Give an upload up (tus 1.0)")
        .path("upload", "Its id (upl_...)")
        .header("Tus-Resumable", "1.0.0")
        .answers_empty(204, "Given up")
        .refuses(&[401, 403, 404, 409])
        .answers_empty(412, OTHER_VERSION)
}

/// Gives it up.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    if let Some(refusal) = other_version(&request) {
        return Ok(refusal);
    }
    give_up(ctx, &id(&request)?).await?;
    Ok(answer(204))
}
