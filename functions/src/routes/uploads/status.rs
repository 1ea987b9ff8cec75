//! HEAD /api/uploads/{upload}: how much has arrived; its sender.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{OTHER_VERSION, answer, http_date, id, other_version};
use crate::actions::uploads::find;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("attachments", "How much of an upload has arrived (tus 1.0)")
        .path("upload", "Its id (upl_...)")
        .header("Tus-Resumable", "1.0.0")
        .answers_empty(200, "Upload-Offset is how many bytes are there for good, Upload-Length how many there will be")
        .refuses(&[401, 403, 404])
        .answers_empty(412, OTHER_VERSION)
}

/// Answers it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    if let Some(refusal) = other_version(&request) {
        return Ok(refusal);
    }
    let upload = find(ctx, &id(&request)?).await?;
    Ok(answer(200)
        .with("upload-offset", upload.received.to_string())
        .with("upload-length", upload.size.to_string())
        .with("upload-expires", http_date(upload.expires_at))
        .with("cache-control", "no-store"))
}
