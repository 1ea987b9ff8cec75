//! POST /api/auth/passkeys/options: what a browser is asked that is to make a passkey. Needs a recent proof of who asks.

use serde::Serialize;
use serde_json::json;
use shared::auth::webauthn::ALGORITHMS;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::PASSKEY_CHALLENGE_SECONDS;

use super::PasskeyDescriptor;
use crate::actions::accounts::passkeys::challenge;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// For `navigator.credentials.create`: `PublicKeyCredentialCreationOptionsJSON` of W3C Web Authentication.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyCreation {
    /// The portal.
    rp: PasskeyPortal,
    /// The person.
    user: PasskeyUser,
    /// Good for one answer, for five minutes.
    challenge: String,
    /// Keys that are taken, the dearest first.
    pub_key_cred_params: Vec<PasskeyAlgorithm>,
    /// What the person has already.
    exclude_credentials: Vec<PasskeyDescriptor>,
    /// What the authenticator must be able to.
    authenticator_selection: PasskeySelection,
    /// Always `none`: its model is not asked for.
    #[schema(example = "none")]
    attestation: String,
    /// Milliseconds.
    #[schema(example = 300_000)]
    timeout: i64,
}

/// Where a passkey will be good.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PasskeyPortal {
    /// The portal's host.
    id: String,
    /// Its name.
    name: String,
}

/// Whose a passkey will be.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyUser {
    /// A random name, in base64url, that tells nothing of the person.
    id: String,
    /// Address.
    name: String,
    /// Name.
    display_name: String,
}

/// A kind of key.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PasskeyAlgorithm {
    /// Always `public-key`.
    #[serde(rename = "type")]
    kind: String,
    /// Its number at IANA: -7 is ES256, -8 `EdDSA`, -257 RS256.
    alg: i64,
}

/// What an authenticator must be able to.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySelection {
    /// Always `required`: it finds the passkey without being told the person.
    resident_key: String,
    /// The same for older browsers.
    require_resident_key: bool,
    /// Always `required`: it asks for PIN or biometry.
    user_verification: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Begin to add a passkey")
        .about(
            "The answer goes to `navigator.credentials.create` on a page of the portal's own host, and what that answers to \
             `/api/auth/passkeys`. 403 `step_up_required` after a quarter of an hour without a proof.",
        )
        .answers::<PasskeyCreation>(
            200,
            "For the browser",
            json!({
                "rp": {"id": "support.acme.example", "name": "Acme"},
                "user": {"id": "aGFuZGxl", "name": "anna@acme.example", "displayName": "Anna Kim"},
                "challenge": "3f1cCgvo2U98nitqfUxfjhCSo7TF1ufwgRKjtMXW5_g",
                "pubKeyCredParams": [{"type": "public-key", "alg": -7}], "excludeCredentials": [],
                "authenticatorSelection": {"residentKey": "required", "requireResidentKey": true, "userVerification": "required"},
                "attestation": "none", "timeout": 300_000
            }),
        )
        .refuses(&[401, 403, 415, 429])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    let question = challenge::to_make(ctx).await?;
    let person = ctx.person()?;
    let required = || "required".to_owned();
    let body = PasskeyCreation {
        rp: PasskeyPortal { id: ctx.tenant.host().to_owned(), name: ctx.tenant.name().to_owned() },
        user: PasskeyUser { id: question.handle, name: person.email.clone(), display_name: person.name.clone() },
        challenge: question.challenge,
        pub_key_cred_params: ALGORITHMS.iter().map(|alg| PasskeyAlgorithm { kind: "public-key".to_owned(), alg: *alg }).collect(),
        exclude_credentials: question.known.into_iter().map(Into::into).collect(),
        authenticator_selection: PasskeySelection {
            resident_key: required(),
            require_resident_key: true,
            user_verification: required(),
        },
        attestation: "none".to_owned(),
        timeout: PASSKEY_CHALLENGE_SECONDS * 1000,
    };
    Ok(Response::json(200, &body))
}
