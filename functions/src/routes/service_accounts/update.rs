//! PATCH /api/service-accounts/{account}: those with access.manage rename it, give it another role, disable it.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{ServiceAccountView, answer, example, id, role};
use crate::actions::service_accounts::{self, Changes};
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Whether the account's keys are good for anything.
#[derive(Deserialize, PartialEq, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServiceAccountStatus {
    /// Yes.
    Active,
    /// Not until it is made active again.
    Disabled,
}

/// What to change: what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceAccountChangesIn {
    /// Name.
    #[serde(default)]
    name: Option<String>,
    /// Role: one of the five by name, or one of the tenant's own by id.
    #[serde(default)]
    role: Option<String>,
    /// Whether its keys are good for anything.
    #[serde(default)]
    status: Option<ServiceAccountStatus>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("service-accounts", "Change an account of a program")
        .about(
            "In force at the next request of whatever uses its keys. Another role or status asks for a recent proof of who asks (403 \
             `step_up_required`), and nobody changes an account that may do more than they may, or is to (403 `more_than_own`).",
        )
        .path("account", "Its id (usr_...)")
        .header("If-Match", "The ETag that was read, or *; may be left out")
        .request::<ServiceAccountChangesIn>(json!({"status": "disabled"}))
        .sends_etag()
        .answers::<ServiceAccountView>(200, "The account as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 412, 413, 415, 422])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let if_match = IfMatch::read_if_sent(&request)?;
    let sent: ServiceAccountChangesIn = body::json(&mut request).await?;
    let changes = Changes {
        name: sent.name,
        role: sent.role.as_deref().map(role).transpose()?,
        is_active: sent.status.map(|status| status == ServiceAccountStatus::Active),
    };
    Ok(answer(200, service_accounts::change(ctx, &id, if_match, &changes).await?))
}
