//! DELETE /api/users/{user}: an administrator takes a person away for good.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;

use crate::actions::people;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("users", "Remove a person")
        .about(
            "The person is disabled for good: signed out everywhere, out of all groups, without grants and deputies. Their tickets, messages \
             and name stay where they are; tickets that they work on stay with them until somebody takes them over. The address is free for \
             another person. Lists show removed people only where `status=disabled` is asked for. There is no way back; to keep somebody \
             out for a time, set `status` to `disabled`.",
        )
        .path("user", "Id of the person")
        .header("If-Match", "The version that was read; may be left out")
        .answers_empty(204, "They are gone")
        .refuses(&[401, 403, 404, 409, 412])
}

/// Removes the person.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = UserId::parse(request.param("user")).map_err(|_| ApiError::not_found())?;
    people::remove(ctx, &id, IfMatch::read_if_sent(&request)?).await?;
    Ok(Response::empty(204))
}
