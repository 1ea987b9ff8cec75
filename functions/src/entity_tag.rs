//! Versions as entity tags: what an answer carries as `ETag`, and on which version a change is based.

use shared::error::ApiError;
use shared::http::Request;

/// The version as an entity tag.
pub fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// Which version of a thing a change is based on (RFC 9110, 13.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfMatch {
    /// `*`: whatever is there.
    Any,
    /// `"3"`.
    Version(i64),
}

impl IfMatch {
    /// Reads the header: 428 when it is missing, 412 when it names no version of ours.
    pub fn read(request: &Request) -> Result<Self, ApiError> {
        let value = request.headers.get("if-match").ok_or_else(ApiError::precondition_required)?.trim();
        if value == "*" {
            return Ok(Self::Any);
        }
        let tag = value.strip_prefix("W/").unwrap_or(value);
        tag.trim_matches('"').parse().map(Self::Version).map_err(|_| ApiError::stale())
    }

    /// The same where the header may be left out: then any version will do.
    pub fn read_if_sent(request: &Request) -> Result<Self, ApiError> {
        if request.headers.get("if-match").is_some() { Self::read(request) } else { Ok(Self::Any) }
    }

    /// 412 when the thing is at another version.
    pub fn check(self, version: i64) -> Result<(), ApiError> {
        match self {
            Self::Version(based_on) if based_on != version => Err(ApiError::stale()),
            _ => Ok(()),
        }
    }
}
