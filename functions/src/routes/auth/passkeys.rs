//! Passkeys in the JSON API. What goes to the browser and comes from it has the names of the W3C, not ours.

pub mod add;
pub mod list;
pub mod options;
pub mod remove;
pub mod rename;
pub mod sign_in;
pub mod sign_in_options;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::auth::webauthn::model;
use shared::error::ApiError;
use shared::http::Request;
use shared::id::PasskeyId;
use shared::limits::PASSKEY_CHALLENGE_SECONDS;
use shared::store::passkeys::{Credential, Listed};

use crate::actions::accounts::passkeys::challenge::ToUse;
use crate::context::Ctx;

/// A passkey.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Passkey {
    /// Id.
    id: PasskeyId,
    /// What its owner calls it.
    name: String,
    /// What keeps it, if it says so.
    #[schema(example = "iCloud Keychain")]
    keeper: Option<String>,
    /// Whether it was copied to other devices of its owner.
    synced: bool,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was last used.
    last_used_at: Option<DateTime<Utc>>,
}

impl From<Listed> for Passkey {
    fn from(row: Listed) -> Self {
        Self {
            id: row.id,
            name: row.name,
            keeper: model::name(&row.model).map(str::to_owned),
            synced: row.backed_up,
            created_at: row.created_at,
            last_used_at: row.used_at,
        }
    }
}

/// For `navigator.credentials.get`: `PublicKeyCredentialRequestOptionsJSON` of W3C Web Authentication.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyRequest {
    /// Good for one answer, for five minutes.
    challenge: String,
    /// The portal's host.
    #[schema(example = "support.acme.example")]
    rp_id: String,
    /// Those that are asked for; none is any.
    allow_credentials: Vec<PasskeyDescriptor>,
    /// Always `required`: the authenticator asks for PIN or biometry.
    #[schema(example = "required")]
    user_verification: String,
    /// Milliseconds.
    #[schema(example = 300_000)]
    timeout: i64,
}

/// A passkey by its authenticator's own name.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PasskeyDescriptor {
    /// Always `public-key`.
    #[serde(rename = "type")]
    #[schema(example = "public-key")]
    kind: String,
    /// In base64url.
    id: String,
    /// How its authenticator can be reached.
    transports: Vec<String>,
}

impl From<Credential> for PasskeyDescriptor {
    fn from(row: Credential) -> Self {
        Self { kind: "public-key".to_owned(), id: row.credential, transports: row.transports }
    }
}

/// What a browser is asked.
pub fn request(ctx: &Ctx<'_>, question: ToUse) -> PasskeyRequest {
    PasskeyRequest {
        challenge: question.challenge,
        rp_id: ctx.tenant.host().to_owned(),
        allow_credentials: question.wanted.into_iter().map(Into::into).collect(),
        user_verification: "required".to_owned(),
        timeout: PASSKEY_CHALLENGE_SECONDS * 1000,
    }
}

/// An example of it.
pub fn example_request() -> Value {
    json!({
        "challenge": "3f1cCgvo2U98nitqfUxfjhCSo7TF1ufwgRKjtMXW5_g", "rpId": "support.acme.example", "allowCredentials": [],
        "userVerification": "required", "timeout": 300_000
    })
}

fn example() -> Value {
    json!({
        "id": "psk_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Work laptop", "keeper": "Windows Hello", "synced": false,
        "created_at": "2026-03-02T07:00:00Z", "last_used_at": "2026-03-02T07:25:00Z"
    })
}

/// What a browser answers with, for the examples.
pub fn example_assertion() -> Value {
    json!({
        "id": "Y3JlZGVudGlhbA", "rawId": "Y3JlZGVudGlhbA", "type": "public-key", "clientExtensionResults": {},
        "response": {
            "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0", "authenticatorData": "c3VwcG9ydC5hY21lLmV4YW1wbGU",
            "signature": "MAYCAQECAQE", "userHandle": "aGFuZGxl"
        }
    })
}

fn id(request: &Request) -> Result<PasskeyId, ApiError> {
    PasskeyId::parse(request.param("passkey")).map_err(|_| ApiError::not_found())
}
