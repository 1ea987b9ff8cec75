//! POST /api/auth/passkeys/sign-in: a program signs in by a passkey.

use serde::Deserialize;
use serde_json::{Value, json};
use shared::auth::webauthn::Assertion;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::sessions::Kind;

use super::example_assertion;
use crate::actions::accounts::passkeys::sign_in;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::auth::{Tokens, example, tokens};

/// A passkey's answer.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasskeySignInIn {
    /// What `navigator.credentials.get` answered, as its `toJSON()` writes it. Members that are not needed are let be.
    #[schema(value_type = Object)]
    credential: Value,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Sign in by a passkey")
        .about(
            "With no password before it, or after one whose account has a second factor. Unknown passkeys, wrong signatures and questions \
             that are over answer alike.",
        )
        .request::<PasskeySignInIn>(json!({"credential": example_assertion()}))
        .answers::<Tokens>(200, "Signed in", example())
        .refuses(&[400, 401, 413, 415, 422, 429])
}

/// Answers as a sign-in by password does.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let body: PasskeySignInIn = body::json(&mut request).await?;
    let assertion = Assertion::read(body.credential).ok_or_else(|| ApiError::field("credential", "wrong_type"))?;
    let signed_in = sign_in::sign_in(ctx, &assertion, Kind::Api, None).await?;
    Ok(Response::json(200, &tokens(ctx, &signed_in.user, &signed_in.session, signed_in.secret)?))
}
