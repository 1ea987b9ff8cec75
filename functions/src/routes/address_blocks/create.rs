//! POST /api/address-blocks: those with tenant.manage turn an address or a range away.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{BlockView, example};
use crate::actions::blocks;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What to turn away.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBlockIn {
    /// An address, or a range in CIDR notation: of IPv4 /16 at the widest, of IPv6 /32.
    #[schema(example = "192.0.2.0/24")]
    range: String,
    /// Why, for those who look at it later.
    #[serde(default)]
    reason: String,
    /// Until when; without it until it is removed.
    #[serde(default)]
    expires_at: Option<DateTime<Utc>>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("security", "Block an address")
        .about(
            "Every request from there to the tenant's hosts is refused with 403 `address_blocked`, everywhere within half a minute. The \
             address that the request comes from cannot be blocked by it.",
        )
        .request::<NewBlockIn>(json!({"range": "192.0.2.0/24", "reason": "Tried passwords all night", "expires_at": "2026-03-09T07:00:00Z"}))
        .sends_location()
        .answers::<BlockView>(201, "The block; Location names it", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Blocks it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new: NewBlockIn = body::json(&mut request).await?;
    let block = blocks::create(ctx, &new.range, &new.reason, new.expires_at).await?;
    let location = format!("/api/address-blocks/{}", block.id);
    Ok(Response::json(201, &BlockView::from(block)).with("location", location))
}
