//! POST /api/tickets/{ticket}/attachments: the requester and everybody else who answers on the ticket.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::AttachmentView;

use super::reference;
use crate::actions::attachments::add;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Files that were taken.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AttachmentList {
    /// The files, in the order they came.
    data: Vec<AttachmentView>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("attachments", "Attach files to a ticket")
        .about(
            "multipart/form-data with one to ten files of up to 50 MB each, in fields of any name; before them, staff may send a field \
             visibility: public (the default) or internal. What a file is, is decided by its content. All files are taken or none.",
        )
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .raw_request("multipart/form-data", "The files")
        .answers::<AttachmentList>(
            201,
            "The files",
            json!({"data": [{
                "id": "att_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "comment_id": null, "visibility": "public", "file_name": "screen.png",
                "media_type": "image/png", "size": 48211, "created_at": "2026-03-02T07:30:00Z",
                "url": "/api/attachments/att_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b"
            }]}),
        )
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422, 503])
}

/// Takes the files.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let data = add(ctx, &reference, &mut request).await?;
    Ok(Response::json(201, &AttachmentList { data }))
}
