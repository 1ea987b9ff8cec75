//! `GET /api/policies/{access_policy}`: everybody with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{PolicyView, answer, example, id};
use crate::actions::policies;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("policies", "Show a policy")
        .path("access_policy", "Its id (pol_...)")
        .sends_etag()
        .answers::<PolicyView>(200, "The policy; ETag is its version", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(answer(200, policies::find(ctx, &id(&request)?).await?))
}
