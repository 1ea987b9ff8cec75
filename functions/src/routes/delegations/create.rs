//! POST /api/delegations: anybody of the desk lends their own rights to a deputy; those with access.manage do so for others.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;

use super::{DelegationView, example};
use crate::actions::delegations::{self, Typed};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Rights to lend.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDelegationIn {
    /// Whose rights: left out, those of whoever asks.
    #[serde(default)]
    delegator: Option<String>,
    /// Who shall have them too: somebody of the desk.
    #[schema(example = "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6c")]
    deputy: String,
    /// From when; without it from now.
    #[serde(default)]
    starts_at: Option<DateTime<Utc>>,
    /// Until when: at most 90 days later.
    ends_at: DateTime<Utc>,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("delegations", "Lend rights to a deputy")
        .about(
            "The deputy has the lender's rights beside their own, as they are at each moment: what the lender loses, the deputy loses. What \
             the lender holds as somebody's deputy is not lent on.",
        )
        .request::<NewDelegationIn>(json!({
            "deputy": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6c", "ends_at": "2026-03-16T07:00:00Z", "reason": "Holiday"
        }))
        .sends_location()
        .answers::<DelegationView>(201, "Lent; Location names it", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Lends them.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new: NewDelegationIn = body::json(&mut request).await?;
    let person = |field: &str, text: &str| UserId::parse(text).map_err(|_| ApiError::field(field, "unknown_value"));
    let typed = Typed {
        delegator: new.delegator.as_deref().map(|text| person("delegator", text)).transpose()?,
        deputy: person("deputy", &new.deputy)?,
        starts_at: new.starts_at,
        ends_at: new.ends_at,
        reason: new.reason,
    };
    let delegation = delegations::create(ctx, &typed).await?;
    let location = format!("/api/delegations/{}", delegation.id);
    Ok(Response::json(201, &DelegationView::from(delegation)).with("location", location))
}
