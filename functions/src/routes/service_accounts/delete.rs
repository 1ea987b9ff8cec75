//! DELETE /api/service-accounts/{account}: those with access.manage remove it for good, and its keys with it.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::service_accounts;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("service-accounts", "Remove an account of a program")
        .about(
            "All its keys and tokens end at once; what it wrote keeps its name. 403 `step_up_required` without a recent proof of who asks, \
             `more_than_own` for an account that may do more.",
        )
        .path("account", "Its id (usr_...)")
        .header("If-Match", "The ETag that was read; may be left out")
        .answers_empty(204, "It is gone")
        .refuses(&[401, 403, 404, 412])
}

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    service_accounts::remove(ctx, &id(&request)?, IfMatch::read_if_sent(&request)?).await?;
    Ok(Response::empty(204))
}
