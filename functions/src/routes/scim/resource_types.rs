//! GET /scim/v2/ResourceTypes: programs with user.read.

use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::scim::{ENTERPRISE, GROUP, LIST, USER};

use super::{ScimObject, answer};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::scim("List the types of resources").answers::<ScimObject>(200, "Users and groups", list(&types(""))).refuses(&[401])
}

/// Answers.
#[expect(clippy::unused_async, reason = "every handler is asynchronous")]
pub async fn handle(ctx: &Ctx<'_>, _: Request) -> Result<Response, ApiError> {
    Ok(answer(200, &list(&types(&ctx.link("/scim/v2/ResourceTypes/")))))
}

/// The types, found under `base`.
pub fn types(base: &str) -> [Value; 2] {
    let of = |name: &str, endpoint: &str, schema: &str, extensions: Value| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"], "id": name, "name": name, "endpoint": endpoint,
            "schema": schema, "schemaExtensions": extensions, "meta": {"resourceType": "ResourceType", "location": format!("{base}{name}")}
        })
    };
    [of("User", "/Users", USER, json!([{"schema": ENTERPRISE, "required": false}])), of("Group", "/Groups", GROUP, json!([]))]
}

/// A list of a few that are all there.
pub fn list(all: &[Value]) -> Value {
    json!({"schemas": [LIST], "totalResults": all.len(), "startIndex": 1, "itemsPerPage": all.len(), "Resources": all})
}
