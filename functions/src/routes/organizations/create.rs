//! POST /api/organizations: a customer's company is added.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{Organization, example};
use crate::actions::organizations;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A company to add.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrganizationIn {
    /// Name.
    name: String,
    /// What SLA policies tell customers apart by; `standard` when left out.
    #[serde(default)]
    customer_type: Option<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("organizations", "Add an organization")
        .request::<NewOrganizationIn>(json!({"name": "Client Ltd", "customer_type": "vip"}))
        .answers::<Organization>(201, "Added", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Adds it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new: NewOrganizationIn = body::json(&mut request).await?;
    let row = organizations::add(ctx, &new.name, new.customer_type.as_deref()).await?;
    Ok(Response::json(201, &Organization::from(row)))
}
