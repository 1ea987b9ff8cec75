//! POST /api/push/devices: from now on the device that asks is told of what happens to the person who is signed in.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DeviceId;

use crate::actions::push::devices::{Subscription, add};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A subscription as `PushSubscription.toJSON()` writes it.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PushSubscriptionIn {
    /// The device's address at its push service: https on the public internet.
    #[schema(example = "https://updates.push.services.mozilla.com/wpush/v2/gAAAAA")]
    endpoint: String,
    /// When it ends by itself; it is not looked at, for the service tells.
    #[serde(default, rename = "expirationTime")]
    #[schema(value_type = Option<i64>)]
    #[expect(dead_code, reason = "browsers send it; what is not named is refused")]
    expiration_time: Option<Value>,
    /// Its keys.
    keys: PushKeysIn,
}

/// A device's keys (RFC 8291), in base64url.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PushKeysIn {
    /// A point of P-256.
    p256dh: String,
    /// A secret of 16 bytes.
    auth: String,
}

/// A device that was added.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PushDeviceAdded {
    /// Its id.
    id: DeviceId,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("push", "Add this device")
        .about(
            "It belongs to the session that asks, and ends with it. The same address once more is the same device. 409 `too_many_devices` \
             when there are twenty, 409 `push_unavailable` where this deployment pushes nothing, and for programs.",
        )
        .request::<PushSubscriptionIn>(json!({
            "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/gAAAAA",
            "keys": {
                "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "auth": "BTBZMqHH6r4Tts7J_aSIgg"
            }
        }))
        .answers::<PushDeviceAdded>(201, "Added", json!({"id": "dev_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b"}))
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Adds it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let PushSubscriptionIn { endpoint, expiration_time: _, keys } = body::json(&mut request).await?;
    let id = add(ctx, &Subscription { endpoint, p256dh: keys.p256dh, auth: keys.auth }).await?;
    Ok(Response::json(201, &PushDeviceAdded { id }))
}
