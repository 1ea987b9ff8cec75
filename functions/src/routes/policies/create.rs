//! POST /api/policies: those with access.manage make a policy.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{AccessPolicyIn, PolicyView, answer, example, example_in};
use crate::actions::policies;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("policies", "Make a policy")
        .about(
            "Operators: and, or, !, ==, !=, in, <, <=, >, >=, in_network. Variables: actor.id, .role, .department, .organization, .groups, \
             .email_domain; ticket.requester, .followers, .assignee, .organization, .department, .priority, .status, .category, .channel, \
             .erp_module, .tags; request.address, .time (HH:MM), .weekday (1 is Monday). What a policy denies is denied whatever allows it. \
             One that could shut every administrator out is refused (`locks_out_last_admin`).",
        )
        .request::<AccessPolicyIn>(example_in())
        .sends_etag()
        .sends_location()
        .answers::<PolicyView>(201, "The policy; Location and ETag name it and its version", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Makes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let sent: AccessPolicyIn = body::json(&mut request).await?;
    let policy = policies::create(ctx, &sent.into()).await?;
    let location = format!("/api/policies/{}", policy.id);
    Ok(answer(201, policy).with("location", location))
}
