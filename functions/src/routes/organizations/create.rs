//! POST /api/organizations: a customer's company is added.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::OrganizationId;
use shared::store::desk as store;

use super::{Organization, customer_type, example};
use crate::actions::{accounts, audit};
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
    let invalid = |fault| ApiError::invalid(vec![fault]);
    let name = accounts::name(&new.name).map_err(invalid)?;
    let kind = new.customer_type.as_deref().unwrap_or("standard");
    let kind = customer_type(kind).map_err(invalid)?;
    let id: OrganizationId = ctx.ids().next();
    let written = ctx
        .db
        .batch(vec![
            store::insert_organization(&id, &name, kind, ctx.now),
            audit::line(ctx, "organization.created", id.as_str(), json!({"name": name, "customer_type": kind})),
        ])
        .await;
    match written {
        Err(error) if error.is_refused_by("organizations.name") => return Err(ApiError::conflict("name_taken")),
        other => other?,
    };
    let row = store::Organization { id, name, customer_type: kind.to_owned(), created_at: ctx.now.timestamp_millis() };
    Ok(Response::json(201, &Organization::from(row)))
}
