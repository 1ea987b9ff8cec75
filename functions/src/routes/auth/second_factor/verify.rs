//! POST /api/auth/2fa/verify: the code that follows the password opens the session.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::sessions::Kind;

use crate::actions::accounts::second_factor::verify;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::auth::{Tokens, example, tokens};

/// The second factor.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorIn {
    /// As `/api/auth/login` answered it.
    mfa_token: String,
    /// Six digits of the authenticator, or a recovery code.
    #[schema(example = "287082")]
    code: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Sign in: the second factor")
        .about(
            "A code is good once. A wrong code, a used one and a token that is over answer alike; after five tries the token is over, \
             and after five wrong codes within 15 minutes the answer is 429.",
        )
        .request::<SecondFactorIn>(json!({
            "mfa_token": "3f1c0a5be8d94f7c9e2b6a7d4c5f8e1092a3b4c5d6e7f8091a2b3c4d5e6f7081", "code": "287082"
        }))
        .answers::<Tokens>(200, "Signed in", example())
        .refuses(&[400, 401, 413, 415, 422, 429])
}

/// Answers as a sign-in without a second factor does.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let body: SecondFactorIn = body::json(&mut request).await?;
    let signed_in = verify::verify(ctx, &body.mfa_token, &body.code, Kind::Api).await?;
    Ok(Response::json(200, &tokens(ctx, &signed_in.user, &signed_in.session, signed_in.secret)?))
}
