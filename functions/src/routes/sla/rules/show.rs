//! GET /api/sla/rules/{rule}: everybody with sla:read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{RuleView, answer, example, id};
use crate::actions::sla::policies;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("sla", "Show a policy")
        .path("rule", "Its id (sla_...)")
        .sends_etag()
        .answers::<RuleView>(200, "The policy; ETag is its version", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(answer(200, policies::find(ctx, &id(&request)?).await?))
}
