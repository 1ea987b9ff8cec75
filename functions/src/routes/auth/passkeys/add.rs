//! POST /api/auth/passkeys: adds a passkey that a browser has made. Needs a recent proof; the first second factor ends other sessions.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::auth::webauthn::Registration;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{Passkey, example};
use crate::actions::accounts::cookie;
use crate::actions::accounts::passkeys::register;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A passkey that was made.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasskeyIn {
    /// What to call it; without one, as its device calls itself.
    #[serde(default)]
    #[schema(example = "Work laptop")]
    name: Option<String>,
    /// What `navigator.credentials.create` answered, as its `toJSON()` writes it. Members that are not needed are let be.
    #[schema(value_type = Object)]
    credential: Value,
}

/// A passkey that was added.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PasskeyAdded {
    /// It.
    passkey: Passkey,
    /// With the first second factor of a person: each works once, in the place of a lost device. Shown this once.
    recovery_codes: Vec<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Add a passkey")
        .about(
            "From here on it lets in without a password, and is asked for after one. Its owner is told by mail. 422 `passkey_refused` when \
             it does not answer a question that was asked a moment ago.",
        )
        .request::<PasskeyIn>(json!({
            "name": "Work laptop",
            "credential": {
                "id": "Y3JlZGVudGlhbA", "rawId": "Y3JlZGVudGlhbA", "type": "public-key", "clientExtensionResults": {},
                "response": {
                    "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0", "attestationObject": "o2NmbXRkbm9uZQ",
                    "transports": ["internal"]
                }
            }
        }))
        .answers::<PasskeyAdded>(201, "Added", json!({"passkey": example(), "recovery_codes": []}))
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Adds it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let body: PasskeyIn = body::json(&mut request).await?;
    let registration = Registration::read(body.credential).ok_or_else(|| ApiError::field("credential", "wrong_type"))?;
    let added = register::add(ctx, &registration, &body.name.unwrap_or_default()).await?;
    let mut response = Response::json(201, &PasskeyAdded { passkey: added.passkey.into(), recovery_codes: added.codes });
    if let Some(secret) = &added.cookie {
        cookie::set(&mut response, ctx, secret);
    }
    Ok(response)
}
