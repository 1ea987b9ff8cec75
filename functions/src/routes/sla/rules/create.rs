//! POST /api/sla/rules: those with sla:manage. Takes a policy, or a tenant's configuration (specification 2.11.2).

use serde_json::Value;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::BODY_BYTES_MAX;
use shared::sla::PolicyIn;

use super::{RuleView, answer, example, example_in};
use crate::actions::sla::policies;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("sla", "Add a policy")
        .about(
            "New tickets, and tickets whose priority, category or organization changes, get the first policy that fits. Open tickets keep \
             what they were promised. A body with `sla_rules`, `business_hours` and `holidays` (minutes of working time for each \
             priority) is taken too: it makes a calendar and a policy for all tickets, placed before the first one that is for all.",
        )
        .request::<PolicyIn>(example_in())
        .sends_etag()
        .sends_location()
        .answers::<RuleView>(201, "The policy; Location and ETag name it and its version", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Adds it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    if !request.media_type().is_some_and(|media_type| media_type == "application/json" || media_type.ends_with("+json")) {
        return Err(ApiError::unsupported_media_type());
    }
    let bytes = request.body.take().read(BODY_BYTES_MAX).await?;
    let is_configuration = serde_json::from_slice::<Value>(&bytes).is_ok_and(|value| value.get("sla_rules").is_some());
    let rule = if is_configuration {
        policies::import(ctx, &body::parse(&bytes)?).await?.0
    } else {
        policies::create(ctx, body::parse::<PolicyIn>(&bytes)?).await?
    };
    let location = format!("/api/sla/rules/{}", rule.id);
    Ok(answer(201, rule).with("location", location))
}
