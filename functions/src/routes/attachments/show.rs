//! GET /api/attachments/{attachment}: whoever sees the ticket; internal files are the desk's alone.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::attachments::{open, serve};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("attachments", "Download a file")
        .about("A download, never a page: only PNG, JPEG, GIF and WebP pictures are shown in place, with inline=1.")
        .path("attachment", "Its id (att_...)")
        .query("inline", "1 shows a picture in place")
        .header("Range", "One range of bytes: bytes=0-1048575")
        .header("If-None-Match", "The ETag that the browser has")
        .answers_raw(200, "application/octet-stream", "The file, under its own type")
        .answers_raw(206, "application/octet-stream", "The range that was asked for")
        .answers_empty(304, "Not changed")
        .answers_empty(416, "There are no such bytes")
        .refuses(&[401, 403, 404, 503])
}

/// Sends the file.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let file = open(ctx, &id(&request)?).await?;
    serve(ctx, &file, &request).await
}
