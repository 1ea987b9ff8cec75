//! PATCH /api/organizations/{organization}: another name or customer type.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{Organization, example, id};
use crate::actions::organizations;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What to change: what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationChangesIn {
    /// Name.
    #[serde(default)]
    name: Option<String>,
    /// Customer type.
    #[serde(default)]
    customer_type: Option<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("organizations", "Change an organization")
        .about("Open tickets of an organization whose customer type changes get the SLA policy that fits it now, soon after.")
        .path("organization", "Id of the organization")
        .request::<OrganizationChangesIn>(json!({"customer_type": "vip"}))
        .answers::<Organization>(200, "Changed", example())
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let changes: OrganizationChangesIn = body::json(&mut request).await?;
    let row = organizations::change(ctx, &id, changes.name.as_deref(), changes.customer_type.as_deref()).await?;
    Ok(Response::json(200, &Organization::from(row)))
}
