//! POST /api/api-keys/{key}/rotate: those with access.manage make the key that takes its place.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{MadeApiKey, answer_made, example_made, id};
use crate::actions::api_keys;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// How to rotate a key.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RotationIn {
    /// Hours for which the former key goes on being good, 0 to 168; without it a day.
    #[serde(default = "a_day")]
    overlap_hours: u32,
    /// Days that the next one lives, 1 to 365; without it as many as the former one did.
    #[serde(default)]
    expires_in_days: Option<u32>,
}

/// For how long the former key goes on being good when nobody says.
pub const fn a_day() -> u32 {
    24
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("api-keys", "Rotate an API key")
        .about(
            "Answers another key, once, with the same name, scopes and networks. The former one goes on for the overlap, so that programs can be \
             given the next one meanwhile, and then ends. 403 `step_up_required`, `more_than_own`; 409 `api_key_over` once it is revoked or \
             expired.",
        )
        .path("key", "Its id (key_...)")
        .request::<RotationIn>(json!({"overlap_hours": 24}))
        .sends_etag()
        .sends_location()
        .answers::<MadeApiKey>(201, "The next key; Location and ETag name it and its version", example_made())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422, 503])
}

/// Rotates it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let sent: RotationIn = body::json(&mut request).await?;
    Ok(answer_made(ctx, api_keys::rotate(ctx, &id, sent.overlap_hours, sent.expires_in_days).await?))
}
