//! POST /api/auth/2fa/sms/confirm: the code that was sent adds the number. Other sessions of the person end.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::cookie;
use crate::actions::accounts::second_factor::sms;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::auth::second_factor::{CodeIn, RecoveryCodes, example_codes};

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Confirm the telephone number")
        .about("From here on a code can be sent there after the password. The recovery codes come with the first second factor only.")
        .request::<CodeIn>(json!({"code": "287082"}))
        .answers::<RecoveryCodes>(200, "It counts", example_codes())
        .refuses(&[400, 401, 403, 409, 413, 415, 422, 429])
}

/// Answers with the recovery codes.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let body: CodeIn = body::json(&mut request).await?;
    let added = sms::confirm(ctx, &body.code).await?;
    let mut response = Response::json(200, &RecoveryCodes { recovery_codes: added.codes });
    if let Some(secret) = &added.cookie {
        cookie::set(&mut response, ctx, secret);
    }
    Ok(response)
}
