//! GET /scim/v2/ResourceTypes/{resource}: programs with user.read.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::resource_types::types;
use super::{ScimObject, answer};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::scim("Show a type of resources")
        .path("resource", "User or Group")
        .answers::<ScimObject>(200, "The type", json!({"id": "User", "endpoint": "/Users"}))
        .refuses(&[401, 404])
}

/// Answers.
#[expect(clippy::unused_async, reason = "every handler is asynchronous")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let types = types(&ctx.link("/scim/v2/ResourceTypes/"));
    let found = types.iter().find(|one| one.get("id").is_some_and(|id| id == request.param("resource")));
    found.map(|found| answer(200, found)).ok_or_else(ApiError::not_found)
}
