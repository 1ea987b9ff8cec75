//! POST /api/auth/login: a program signs in by user name and password.

use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::sessions::Kind;

use super::{Tokens, example, tokens};
use crate::actions::accounts::sign_in::{self, Entry};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Who signs in.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// E-mail address, or the user name in a company's directory; upper and lower case are the same.
    #[schema(example = "agent@acme.example")]
    username: String,
    /// Password.
    #[schema(example = "correct horse battery staple")]
    password: String,
}

/// What a right password is answered with.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum LoginAnswer {
    /// Signed in.
    SignedIn(Tokens),
    /// The account has a second factor: send it to `/api/auth/2fa/verify`.
    SecondFactor(SecondFactorOwed),
}

/// The second factor is owed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SecondFactorOwed {
    /// Always `true`.
    mfa_required: bool,
    /// Goes along with the code; good for one sign-in, five minutes and five tries.
    mfa_token: String,
    /// What is taken: `totp` and `recovery_code` at `/api/auth/2fa/verify`, `passkey` at `/api/auth/passkeys/sign-in`,
    /// `sms` at `/api/auth/2fa/verify` once `/api/auth/2fa/sms/code` has sent a code.
    #[schema(example = json!(["totp", "recovery_code"]))]
    methods: Vec<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Sign in")
        .about(
            "Unknown users and wrong passwords answer alike. After too many failures from one network the answer is 429. An account with \
             a second factor is answered `mfa_required` instead of tokens. Whoever is of a company's directory gives the name and the \
             password that they have there: 403 `directory_no_access` when the portal has no place for them, 503 `directory_unreachable` \
             when the directory cannot be asked.",
        )
        .request::<Credentials>(json!({"username": "agent@acme.example", "password": "correct horse battery staple"}))
        .answers::<LoginAnswer>(200, "Signed in, or the second factor is owed", example())
        .refuses(&[400, 401, 403, 413, 415, 422, 429, 503])
}

/// Answers with an access token and the first refresh token, or with what the second factor goes along with.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let credentials: Credentials = body::json(&mut request).await?;
    let answer = match sign_in::sign_in(ctx, &credentials.username, &credentials.password, Kind::Api).await? {
        Entry::SignedIn(signed_in) => LoginAnswer::SignedIn(tokens(ctx, &signed_in.user, &signed_in.session, signed_in.secret)?),
        Entry::SecondFactor(owed) => LoginAnswer::SecondFactor(SecondFactorOwed {
            mfa_required: true,
            mfa_token: owed.token,
            methods: [
                ("totp", owed.ways.totp),
                ("passkey", owed.ways.passkey),
                ("sms", owed.ways.phone.is_some()),
                ("recovery_code", true),
            ]
            .into_iter()
            .filter(|(_, is_there)| *is_there)
            .map(|(name, _)| name.to_owned())
            .collect(),
        }),
    };
    Ok(Response::json(200, &answer))
}
