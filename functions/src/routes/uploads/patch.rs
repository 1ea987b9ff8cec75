//! PATCH /api/uploads/{upload}: the next bytes; its sender.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{OTHER_VERSION, answer, bytes_of, http_date, id, other_version};
use crate::actions::uploads::receive;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("attachments", "Send a piece of an upload (tus 1.0)")
        .about("Pieces are kept in whole parts of 5 MiB: Upload-Offset of the answer, which may lie before the end of what was sent, is where to go on.")
        .path("upload", "Its id (upl_...)")
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Offset", "Where the piece begins: as many bytes as have arrived")
        .raw_request("application/offset+octet-stream", "The bytes")
        .answers_empty(204, "Taken; Upload-Offset is how many bytes are there for good")
        .refuses(&[400, 401, 403, 404, 409, 415, 503])
        .answers_empty(412, OTHER_VERSION)
}

/// Takes the bytes.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    if let Some(refusal) = other_version(&request) {
        return Ok(refusal);
    }
    if request.media_type().as_deref() != Some("application/offset+octet-stream") {
        return Err(ApiError::unsupported_media_type());
    }
    let (id, offset) = (id(&request)?, bytes_of(&request, "upload-offset")?);
    let received = receive(ctx, &id, offset, request.body.take().into_stream()).await?;
    Ok(answer(204).with("upload-offset", received.offset.to_string()).with("upload-expires", http_date(received.expires_at)))
}
