//! DELETE /api/security-alerts/{alert}/silence: those with tenant.manage want to be told again.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::alerts;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("security", "Take the silence of a security alert back")
        .path("alert", "Its id (alt_...)")
        .answers_empty(204, "There is no silence (any more)")
        .refuses(&[401, 403, 404])
}

/// Takes it back.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    alerts::lift(ctx, &id(&request)?).await?;
    Ok(Response::empty(204))
}
