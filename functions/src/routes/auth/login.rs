//! POST /api/auth/login: a program signs in by user name and password.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::sessions::Kind;

use super::{Tokens, example, tokens};
use crate::actions::accounts::sign_in;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Who signs in.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// E-mail address; upper and lower case are the same.
    #[schema(example = "agent@acme.example")]
    username: String,
    /// Password.
    #[schema(example = "correct horse battery staple")]
    password: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Sign in")
        .about("Unknown users and wrong passwords answer alike. After too many failures from one network the answer is 429.")
        .request::<Credentials>(json!({"username": "agent@acme.example", "password": "correct horse battery staple"}))
        .answers::<Tokens>(200, "Signed in", example())
        .refuses(&[400, 401, 413, 415, 422, 429])
}

/// Answers with an access token and the first refresh token.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let credentials: Credentials = body::json(&mut request).await?;
    let signed_in = sign_in::sign_in(ctx, &credentials.username, &credentials.password, Kind::Api).await?;
    Ok(Response::json(200, &tokens(ctx, &signed_in.account.id, &signed_in.session, signed_in.secret)?))
}
