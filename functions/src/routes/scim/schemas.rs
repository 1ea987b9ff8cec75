//! GET /scim/v2/Schemas: programs with user.read. The attributes that are kept (RFC 7643, 7).

use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::scim::{ENTERPRISE, GROUP, USER};

use super::resource_types::list;
use super::{ScimObject, answer};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    let example = list(&[json!({"id": GROUP, "name": "Group"})]);
    ApiDoc::scim("List the schemas").answers::<ScimObject>(200, "The attributes that are kept", example).refuses(&[401])
}

/// Answers.
#[expect(clippy::unused_async, reason = "every handler is asynchronous")]
pub async fn handle(ctx: &Ctx<'_>, _: Request) -> Result<Response, ApiError> {
    Ok(answer(200, &list(&all(&ctx.link("/scim/v2/Schemas/")))))
}

/// The schemas, found under `base`.
pub fn all(base: &str) -> [Value; 3] {
    let of = |id: &str, name: &str, attributes: Value| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"], "id": id, "name": name, "description": name,
            "attributes": attributes, "meta": {"resourceType": "Schema", "location": format!("{base}{id}")}
        })
    };
    let user = json!([
        attribute("userName", "string", "immutable", "server", true),
        attribute("externalId", "string", "readWrite", "none", false),
        attribute("displayName", "string", "readWrite", "none", false),
        complex("name", false, &["formatted", "givenName", "familyName"], "readWrite"),
        attribute("active", "boolean", "readWrite", "none", false),
        complex("emails", true, &["value", "type"], "immutable"),
    ]);
    let enterprise = json!([
        attribute("department", "string", "readWrite", "none", false),
        attribute("organization", "string", "readWrite", "none", false),
    ]);
    let group = json!([
        attribute("displayName", "string", "readWrite", "server", true),
        attribute("externalId", "string", "readWrite", "none", false),
        complex("members", true, &["value", "display", "$ref", "type"], "readWrite"),
    ]);
    [of(USER, "User", user), of(ENTERPRISE, "EnterpriseUser", enterprise), of(GROUP, "Group", group)]
}

fn attribute(name: &str, kind: &str, mutability: &str, uniqueness: &str, required: bool) -> Value {
    json!({
        "name": name, "type": kind, "multiValued": false, "required": required, "caseExact": name == "externalId",
        "mutability": mutability, "returned": "default", "uniqueness": uniqueness
    })
}

fn complex(name: &str, is_many: bool, parts: &[&str], mutability: &str) -> Value {
    let parts: Vec<Value> = parts.iter().map(|part| attribute(part, "string", mutability, "none", false)).collect();
    json!({
        "name": name, "type": "complex", "multiValued": is_many, "required": false, "mutability": mutability, "returned": "default",
        "uniqueness": "none", "subAttributes": parts
    })
}
