//! GET /api/organizations/{organization}: one of them.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{Organization, example, id};
use crate::actions::organizations;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("organizations", "Show an organization")
        .path("organization", "Id of the organization")
        .answers::<Organization>(200, "The organization", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &Organization::from(organizations::find(ctx, &id(&request)?).await?)))
}
