//! POST /api/security-alerts/{alert}/acknowledge: those with tenant.manage have looked at it.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{AlertView, example, id};
use crate::actions::alerts;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("security", "Acknowledge a security alert")
        .about("Whoever was first stays named.")
        .path("alert", "Its id (alt_...)")
        .answers::<AlertView>(200, "The alert", example())
        .refuses(&[401, 403, 404])
}

/// Notes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &AlertView::from(alerts::acknowledge(ctx, &id(&request)?).await?)))
}
