//! `PATCH /api/policies/{access_policy}`: those with access.manage change a policy.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{AccessPolicyIn, PolicyView, answer, example, id};
use crate::actions::policies;
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("policies", "Change a policy")
        .path("access_policy", "Its id (pol_...)")
        .header("If-Match", "The ETag that was read, or *; may be left out")
        .request::<AccessPolicyIn>(json!({"enabled": false}))
        .sends_etag()
        .answers::<PolicyView>(200, "The policy as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let if_match = IfMatch::read_if_sent(&request)?;
    let sent: AccessPolicyIn = body::json(&mut request).await?;
    Ok(answer(200, policies::change(ctx, &id, if_match, &sent.into()).await?))
}
