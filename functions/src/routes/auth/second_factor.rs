//! The second factor in the JSON API.

pub mod begin;
pub mod confirm;
pub mod recovery_codes;
pub mod remove;
pub mod sms;
pub mod status;
pub mod verify;

use serde::{Deserialize, Serialize};

/// A code of an authenticator.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeIn {
    /// Six digits.
    #[schema(example = "287082")]
    code: String,
}

/// Recovery codes, shown this once.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RecoveryCodes {
    /// Each works once.
    recovery_codes: Vec<String>,
}

fn example_codes() -> serde_json::Value {
    serde_json::json!({"recovery_codes": ["3f1c0a5b-e8d94f7c-9e2b6a7d-4c5f8e10"]})
}
