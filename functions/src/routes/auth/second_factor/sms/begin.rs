//! POST /api/auth/2fa/sms: begins to add a telephone number; a code is sent to it. Needs a recent proof of who asks.

use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::sms;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A telephone number.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhoneIn {
    /// International (E.164): `+`, the country's code, the number.
    #[schema(example = "+79161234567")]
    number: String,
}

/// Where the code went.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PhoneBegun {
    /// The end of the number.
    number: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Add a telephone number for codes")
        .about(
            "Begins, or begins anew; it counts once `/api/auth/2fa/sms/confirm` has taken the code that was sent there. 409 \
             `sms_unavailable` where the tenant does not want codes by SMS or the deployment has no way for them, `phone_on` when there is \
             a number, 403 `step_up_required` after a quarter of an hour without a proof, 429 within a minute of the last code and after \
             ten in a day.",
        )
        .request::<PhoneIn>(json!({"number": "+79161234567"}))
        .answers::<PhoneBegun>(202, "A code is on its way", json!({"number": "••67"}))
        .refuses(&[400, 401, 403, 409, 413, 415, 422, 429])
}

/// Answers with the end of the number.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let body: PhoneIn = body::json(&mut request).await?;
    Ok(Response::json(202, &PhoneBegun { number: sms::begin(ctx, &body.number).await? }))
}
