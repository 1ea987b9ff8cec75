//! POST /api/auth/2fa/totp: begins to set an authenticator up. Needs a recent proof of who asks.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::enrol;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What the authenticator is told.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TotpOffer {
    /// The secret in base32, for typing.
    secret: String,
    /// The address that a QR code shows.
    otpauth_uri: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Set an authenticator up")
        .about(
            "Begins, or begins anew; it counts once `/api/auth/2fa/totp/confirm` has taken a code. Six digits, SHA-1, 30 seconds. \
             403 `step_up_required` after a quarter of an hour without a proof.",
        )
        .answers::<TotpOffer>(
            200,
            "For the authenticator",
            json!({
                "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                "otpauth_uri": "otpauth://totp/Acme:agent%40acme.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme"
            }),
        )
        .refuses(&[401, 403, 409, 415])
}

/// Answers with the secret.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    let offer = enrol::begin(ctx).await?;
    Ok(Response::json(200, &TotpOffer { secret: offer.secret, otpauth_uri: offer.address }))
}
