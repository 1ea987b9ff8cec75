//! POST /api/auth/step-up: proves anew who is behind the session, before something dangerous.

use serde::Deserialize;
use serde_json::{Value, json};
use shared::auth::webauthn::Assertion;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::cookie;
use crate::actions::accounts::step_up::{self, Proof};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// One of the three: a code or a passkey of whoever has a second factor, the password of whoever has none.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProofIn {
    /// Password.
    #[serde(default)]
    password: Option<String>,
    /// Six digits of the authenticator, or a recovery code.
    #[serde(default)]
    #[schema(example = "287082")]
    code: Option<String>,
    /// What `navigator.credentials.get` answered to the question of `/api/auth/step-up/options`, as its `toJSON()` writes it.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    passkey: Option<Value>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Prove anew who I am")
        .about(
            "What answers 403 `step_up_required` is open for a quarter of an hour afterwards. Whoever has a second factor proves it; \
             a password is taken of those only who have none. A fresh sign-in counts as a proof.",
        )
        .request::<ProofIn>(json!({"code": "287082"}))
        .answers_empty(204, "Proven")
        .refuses(&[400, 401, 403, 413, 415, 422, 429, 503])
}

/// Takes the proof.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let body: ProofIn = body::json(&mut request).await?;
    let passkey = match body.passkey {
        Some(document) => Some(Assertion::read(document).ok_or_else(|| ApiError::field("passkey", "wrong_type"))?),
        None => None,
    };
    let proof = match (&body.password, &body.code, &passkey) {
        (None, Some(code), None) => Proof::Code(code),
        (Some(password), None, None) => Proof::Password(password),
        (None, None, Some(assertion)) => Proof::Passkey(assertion),
        (Some(_), ..) => return Err(ApiError::field("password", "one_of_two")),
        (None, Some(_), Some(_)) => return Err(ApiError::field("code", "one_of_two")),
        (None, None, None) => {
            return Err(ApiError::field(if step_up::by_code(ctx) { "code" } else { "password" }, "missing_field"));
        }
    };
    let mut response = Response::empty(204);
    if let Some(secret) = step_up::prove(ctx, proof).await? {
        cookie::set(&mut response, ctx, &secret);
    }
    Ok(response)
}
