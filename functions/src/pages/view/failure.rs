//! Pages that say why there is no page.

use serde::Serialize;

/// A refusal or a failure, shown within the tenant's frame.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Failure {
    /// HTTP status: 400, 403, 404, 409, 412, 413, 422, 429, 500. Others read as 500.
    pub status: u16,
    /// Request id that the person can quote.
    pub request_id: String,
    /// Where "back" leads: a path of this host.
    pub home: String,
}
