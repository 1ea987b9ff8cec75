//! GET /api/auth/2fa: whether the person who is signed in has a second factor, and whether one is asked for.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use shared::auth::sms::masked;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::{enrol, sms};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A person's second factor.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SecondFactorStatus {
    /// Whether there is one.
    enabled: bool,
    /// Of which kinds: `totp`, `passkey`, `sms`.
    methods: Vec<String>,
    /// Since when an authenticator for codes is set up.
    enabled_at: Option<DateTime<Utc>>,
    /// The end of the telephone number that codes go to.
    #[schema(example = "••67")]
    phone: Option<String>,
    /// Whether codes by SMS are offered: the tenant wants them and the deployment has a way for them.
    sms_available: bool,
    /// Recovery codes that are left.
    recovery_codes_left: i64,
    /// Whether the tenant asks for one of people of this role: without it nothing else is open.
    required: bool,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "My second factor")
        .answers::<SecondFactorStatus>(
            200,
            "How it stands",
            json!({"enabled": true, "methods": ["totp"], "enabled_at": "2026-03-02T07:00:00Z", "phone": null, "sms_available": false,
                "recovery_codes_left": 10, "required": false}),
        )
        .refuses(&[401])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    let factor = enrol::status(ctx).await?;
    Ok(Response::json(
        200,
        &SecondFactorStatus {
            enabled: factor.is_there(),
            methods: [("totp", factor.in_use().is_some()), ("passkey", factor.has_passkey), ("sms", factor.phone.is_some())]
                .into_iter()
                .filter(|(_, is_there)| *is_there)
                .map(|(name, _)| name.to_owned())
                .collect(),
            enabled_at: factor.confirmed_at,
            phone: factor.phone.as_deref().map(masked),
            sms_available: sms::is_offered(ctx),
            recovery_codes_left: factor.codes_left,
            required: enrol::is_required(ctx),
        },
    ))
}
