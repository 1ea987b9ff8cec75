//! Files in the JSON API.

pub mod delete;
pub mod show;

use shared::error::ApiError;
use shared::http::Request;
use shared::id::AttachmentId;

/// The file that the path names.
pub(super) fn id(request: &Request) -> Result<AttachmentId, ApiError> {
    AttachmentId::parse(request.param("attachment")).map_err(|_| ApiError::not_found())
}
