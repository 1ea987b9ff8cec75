//! DELETE /api/grants/{grant}: those with access.manage take a role back.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::grants;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("grants", "Take a role back")
        .about("The holder loses it at the next request. The grant stays in the list, as over.")
        .path("grant", "Its id (gra_...)")
        .answers_empty(204, "It is over")
        .refuses(&[401, 403, 404, 409])
}

/// Takes it back.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    grants::revoke(ctx, &id(&request)?).await?;
    Ok(Response::empty(204))
}
