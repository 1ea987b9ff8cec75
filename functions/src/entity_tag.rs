//! On which version a change is based.

use shared::error::ApiError;
use shared::http::Request;
use shared::ticket::TicketRow;

/// Which version of the ticket a change is based on (RFC 9110, 13.1.1).
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

    /// 412 when the ticket is at another version.
    pub fn check(self, row: &TicketRow) -> Result<(), ApiError> {
        match self {
            Self::Version(version) if version != row.version => Err(ApiError::stale()),
            _ => Ok(()),
        }
    }
}
