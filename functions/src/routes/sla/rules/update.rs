//! PUT /api/sla/rules/{rule}: those with sla:manage.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::sla::PolicyIn;

use super::{RuleView, answer, example, example_in, id};
use crate::actions::sla::policies;
use crate::actions::tickets::IfMatch;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("sla", "Replace a policy")
        .about(
            "The whole policy as it is to be; what is left out takes its default. Open tickets that the policy is for are counted anew in \
             the background: time that they have used up is carried over. Its place in the order is `position`.",
        )
        .path("rule", "Its id (sla_...)")
        .header("If-Match", "The ETag that was read, or *")
        .request::<PolicyIn>(example_in())
        .sends_etag()
        .answers::<RuleView>(200, "The policy as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 412, 413, 415, 422, 428])
}

/// Replaces it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let if_match = IfMatch::read(&request)?;
    let form = body::json::<PolicyIn>(&mut request).await?;
    Ok(answer(200, policies::replace(ctx, &id, if_match, form).await?))
}
