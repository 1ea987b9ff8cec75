//! POST /api/security-alerts/{alert}/silence: those with tenant.manage want no more of its like for a while.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{AlertView, example, id};
use crate::actions::alerts;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// How long.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SilenceIn {
    /// Until when: within a year.
    until: DateTime<Utc>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("security", "Silence a security alert")
        .about("No alert of this kind is raised about the same subject until then.")
        .path("alert", "Its id (alt_...)")
        .request::<SilenceIn>(json!({"until": "2026-04-01T00:00:00Z"}))
        .answers::<AlertView>(200, "The alert", example())
        .refuses(&[400, 401, 403, 404, 413, 415, 422])
}

/// Silences it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let sent: SilenceIn = body::json(&mut request).await?;
    Ok(Response::json(200, &AlertView::from(alerts::silence(ctx, &id, sent.until).await?)))
}
