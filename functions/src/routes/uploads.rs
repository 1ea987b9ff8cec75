//! Resumable uploads: tus 1.0, core with creation, expiration and termination.

pub mod create;
pub mod delete;
pub mod options;
pub mod patch;
pub mod status;

use chrono::{DateTime, Utc};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UploadId;

/// The version of the protocol.
const VERSION: &str = "1.0.0";

/// The upload that the path names.
fn id(request: &Request) -> Result<UploadId, ApiError> {
    UploadId::parse(request.param("upload")).map_err(|_| ApiError::not_found())
}

/// What 412 says of an upload, without a body, as the protocol wants it.
const OTHER_VERSION: &str = "The request names no version of tus, or another than Tus-Version says";

/// 412 for another version of the protocol, with the one that is spoken here.
fn other_version(request: &Request) -> Option<Response> {
    let spoken = request.headers.get("tus-resumable") == Some(VERSION);
    (!spoken).then(|| Response::empty(412).with("tus-version", VERSION).with("tus-resumable", VERSION))
}

/// An answer without content, as the protocol wants it.
fn answer(status: u16) -> Response {
    Response::empty(status).with("tus-resumable", VERSION)
}

/// A moment as HTTP writes it (RFC 9110, 5.6.7).
fn http_date(moment: DateTime<Utc>) -> String {
    moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A header that is a count of bytes.
fn bytes_of(request: &Request, name: &str) -> Result<u64, ApiError> {
    let text = request.headers.get(name).ok_or_else(|| ApiError::malformed(format!("{name} is missing")))?;
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ApiError::malformed(format!("{name} is no number")));
    }
    text.parse().map_err(ApiError::malformed)
}
