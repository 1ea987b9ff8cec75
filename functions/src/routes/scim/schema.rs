//! GET /scim/v2/Schemas/{schema}: programs with user.read.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::scim::GROUP;

use super::schemas::all;
use super::{ScimObject, answer};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::scim("Show a schema")
        .path("schema", "Its URN")
        .answers::<ScimObject>(200, "The schema", json!({"id": GROUP, "name": "Group"}))
        .refuses(&[401, 404])
}

/// Answers.
#[expect(clippy::unused_async, reason = "every handler is asynchronous")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let all = all(&ctx.link("/scim/v2/Schemas/"));
    let found = all.iter().find(|one| one.get("id").is_some_and(|id| id == request.param("schema")));
    found.map(|found| answer(200, found)).ok_or_else(ApiError::not_found)
}
