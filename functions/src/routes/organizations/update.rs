//! PATCH /api/organizations/{organization}: another name or customer type.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::OrganizationId;
use shared::platform::Wake;
use shared::store::desk as store;
use shared::store::sla_due;

use super::{Organization, customer_type, example};
use crate::actions::{accounts, audit};
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
    let id = OrganizationId::parse(request.param("organization")).map_err(|_| ApiError::not_found())?;
    let changes: OrganizationChangesIn = body::json(&mut request).await?;
    let invalid = |fault| ApiError::invalid(vec![fault]);
    let name = changes.name.as_deref().map(accounts::name).transpose().map_err(invalid)?;
    let kind = changes.customer_type.as_deref().map(customer_type).transpose().map_err(invalid)?;
    let before = ctx.db.run(store::organization(&id)).await?.first::<store::Organization>()?.ok_or_else(ApiError::not_found)?;
    let detail = json!({
        "from": {"name": before.name, "customer_type": before.customer_type},
        "to": {"name": name, "customer_type": kind}
    });
    let mut batch = vec![
        store::update_organization(&id, name.as_deref(), kind),
        audit::line(ctx, "organization.updated", id.as_str(), detail),
    ];
    // Policies tell customers apart by their type: open tickets get the one that fits now.
    let promises_change = kind.is_some_and(|kind| kind != before.customer_type);
    if promises_change {
        batch.push(sla_due::request(id.as_str(), ctx.now.timestamp_millis(), &ctx.actor.reference(), ctx.now));
    }
    batch.push(store::organization(&id));
    let rows = match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("organizations.name") => return Err(ApiError::conflict("name_taken")),
        other => other?,
    };
    if promises_change {
        ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: ctx.now });
    }
    let after = rows.last().map(shared::database::Rows::first::<store::Organization>).transpose()?.flatten();
    Ok(Response::json(200, &Organization::from(after.ok_or_else(ApiError::not_found)?)))
}
