//! GET /api/grants/{grant}: everybody with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{GrantView, example, id};
use crate::actions::grants;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("grants", "Show a grant")
        .path("grant", "Its id (gra_...)")
        .answers::<GrantView>(200, "The grant", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &GrantView::from(grants::find(ctx, &id(&request)?).await?)))
}
