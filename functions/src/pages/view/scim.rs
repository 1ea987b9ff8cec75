//! Provisioning by SCIM.

use serde::Serialize;

use super::Moment;

/// `GET /agent/access/scim`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Provisioning {
    /// What a system of identities is given as address.
    pub address: String,
    /// How many people it manages.
    pub managed: u32,
    /// How many there are.
    pub people: u32,
    /// The last request.
    #[serde(default)]
    pub asked: Option<Asked>,
    /// The last refusal.
    #[serde(default)]
    pub refused: Option<Asked>,
}

/// A request.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Asked {
    /// When.
    pub at: Moment,
    /// Name of the program.
    pub by: String,
    /// Method and path.
    pub what: String,
    /// The status and the words of the refusal; empty for what was answered.
    pub problem: String,
}
