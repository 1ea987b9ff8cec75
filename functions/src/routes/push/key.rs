//! GET /api/push/key: the key by which push services know this deployment, for `pushManager.subscribe`.

use serde::Serialize;
use serde_json::json;
use shared::auth::base64url::encode;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// The key.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PushKey {
    /// A point of P-256 in base64url; null where nothing is pushed.
    key: Option<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("push", "The key for subscriptions")
        .answers::<PushKey>(
            200,
            "The key; null where this deployment pushes nothing",
            json!({"key": "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"}),
        )
        .refuses(&[401])
}

/// Answers.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    let key = ctx.config().push.as_ref().map(|key| encode(key.public()));
    Ok(Response::json(200, &PushKey { key }))
}
