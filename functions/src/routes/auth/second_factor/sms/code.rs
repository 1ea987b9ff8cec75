//! POST /api/auth/2fa/sms/code: sends a code to whoever has given the right password and owes the second factor.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::sms;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A sign-in that waits for its second factor.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SmsCodeIn {
    /// As `/api/auth/login` answered it.
    mfa_token: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Sign in: have a code sent")
        .about(
            "The code is good once, for ten minutes and for this sign-in, which lasts as long from here on; send it to \
             `/api/auth/2fa/verify`. A new one takes the place of the former. 429 within a minute of the last one, and after ten in a day.",
        )
        .request::<SmsCodeIn>(json!({"mfa_token": "3f1c0a5be8d94f7c9e2b6a7d4c5f8e1092a3b4c5d6e7f8091a2b3c4d5e6f7081"}))
        .answers_empty(202, "A code is on its way")
        .refuses(&[400, 401, 409, 413, 415, 422, 429])
}

/// Sends it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let body: SmsCodeIn = body::json(&mut request).await?;
    sms::send_for_sign_in(ctx, &body.mfa_token).await?;
    Ok(Response::empty(202))
}
