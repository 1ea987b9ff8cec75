//! POST /api/auth/2fa/totp/confirm: the first code ends the set-up. Other sessions of the person end.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{CodeIn, RecoveryCodes, example_codes};
use crate::actions::accounts::cookie;
use crate::actions::accounts::second_factor::enrol;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Confirm the authenticator")
        .about("From here on it is asked for after the password. The recovery codes are shown this once.")
        .request::<CodeIn>(json!({"code": "287082"}))
        .answers::<RecoveryCodes>(200, "It counts", example_codes())
        .refuses(&[400, 401, 403, 409, 413, 415, 422, 429])
}

/// Answers with the recovery codes.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let body: CodeIn = body::json(&mut request).await?;
    let enrolled = enrol::confirm(ctx, &body.code).await?;
    let mut response = Response::json(200, &RecoveryCodes { recovery_codes: enrolled.codes });
    if let Some(secret) = &enrolled.cookie {
        cookie::set(&mut response, ctx, secret);
    }
    Ok(response)
}
