//! POST /api/uploads: announces a file that will come in pieces; whoever answers on the ticket.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::ticket::Visibility;

use super::{OTHER_VERSION, answer, bytes_of, other_version};
use crate::actions::attachments::visibility;
use crate::actions::tickets::reference;
use crate::actions::uploads::{Announced, begin};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("attachments", "Begin a resumable upload (tus 1.0)")
        .about(
            "Upload-Metadata names filename, filetype, ticket (id or number) and, for staff, visibility, each in base64. Location is where \
             the pieces go. The finished file is an attachment of the ticket whose id has the same digits: upl_1a2b... becomes att_1a2b...",
        )
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", "Bytes of the whole file")
        .header("Upload-Metadata", "filename c2NyZWVuLnBuZw==,ticket QUNNRS0xMDQy")
        .sends_location()
        .answers_empty(201, "Begun; Location is the upload")
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422, 503])
        .answers_empty(412, OTHER_VERSION)
}

/// Begins the upload.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    if let Some(refusal) = other_version(&request) {
        return Ok(refusal);
    }
    let metadata = metadata(request.headers.get("upload-metadata").unwrap_or_default())?;
    let file = Announced {
        ticket: reference(ctx, metadata.filled("ticket").ok_or_else(|| ApiError::field("Upload-Metadata.ticket", "required"))?)?,
        visibility: metadata.filled("visibility").map_or(Ok(Visibility::Public), |text| visibility(ctx, text))?,
        file_name: metadata.get("filename").or(metadata.get("name")).unwrap_or_default().chars().take(1000).collect(),
        declared: metadata.filled("filetype").map(|text| text.chars().take(200).collect()),
        size: bytes_of(&request, "upload-length")?,
    };
    let id = begin(ctx, &file).await?;
    Ok(answer(201).with("location", format!("/api/uploads/{id}")))
}

/// `key base64,key base64`.
fn metadata(header: &str) -> Result<Query, ApiError> {
    header
        .split(',')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
            let bytes = STANDARD.decode(value.trim()).map_err(ApiError::malformed)?;
            Ok((key.to_owned(), String::from_utf8(bytes).map_err(ApiError::malformed)?))
        })
        .collect()
}
