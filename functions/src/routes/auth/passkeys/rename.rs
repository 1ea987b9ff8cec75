//! PATCH /api/auth/passkeys/{passkey}: gives one's own passkey another name.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{Passkey, example, id};
use crate::actions::accounts::passkeys::keep;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A name.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasskeyNameIn {
    /// At most 60 characters.
    #[schema(example = "Work laptop")]
    name: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Rename a passkey")
        .path("passkey", "Its id (psk_...)")
        .request::<PasskeyNameIn>(json!({"name": "Work laptop"}))
        .answers::<Passkey>(200, "Renamed", example())
        .refuses(&[400, 401, 403, 404, 413, 415, 422])
}

/// Renames it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let body: PasskeyNameIn = body::json(&mut request).await?;
    Ok(Response::json(200, &Passkey::from(keep::rename(ctx, &id, &body.name).await?)))
}
