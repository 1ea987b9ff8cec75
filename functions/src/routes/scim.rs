//! `/scim/v2`: people and groups for a company's system of identities (RFC 7643, 7644). Programs alone, by their keys.

pub mod groups;
mod listing;
pub mod resource_type;
pub mod resource_types;
pub mod schema;
pub mod schemas;
pub mod service_provider;
pub mod users;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::scim::{ENTERPRISE, GROUP, USER};
use shared::store::scim::{Group, Member, Person};
use shared::store::users::Status;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder};
use utoipa::{PartialSchema, ToSchema};

use crate::actions::scim::{group_tag, person_tag};
use crate::body;
use crate::context::Ctx;

/// A refusal as SCIM says it.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only its shape matters: refusals are written by ApiError")]
pub struct ScimError {
    /// `urn:ietf:params:scim:api:messages:2.0:Error`
    schemas: Vec<String>,
    /// HTTP status, as text.
    #[schema(example = "400")]
    status: String,
    /// What kind of refusal it is, where RFC 7644 has a name for it.
    #[schema(example = "invalidFilter")]
    #[serde(rename = "scimType")]
    scim_type: Option<String>,
    /// For people, in the language of Accept-Language.
    detail: String,
}

/// A resource, a message or a list of them, whose attributes its `schemas` name.
pub struct ScimObject;

impl PartialSchema for ScimObject {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        ObjectBuilder::new()
            .property("schemas", <Vec<String> as PartialSchema>::schema())
            .additional_properties(Some(AdditionalProperties::FreeForm(true)))
            .into()
    }
}

impl ToSchema for ScimObject {}

/// Reads the body of a request.
async fn read(request: &mut Request) -> Result<Value, ApiError> {
    body::json(request).await
}

/// An answer of SCIM.
fn answer(status: u16, body: &Value) -> Response {
    Response::json(status, body).with("content-type", "application/scim+json")
}

fn moment(milliseconds: i64) -> String {
    let at = DateTime::<Utc>::from_timestamp_millis(milliseconds).unwrap_or_default();
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A person as they are shown.
fn person(ctx: &Ctx<'_>, person: &Person) -> Value {
    let mut shown = json!({
        "schemas": [USER, ENTERPRISE],
        "id": person.id,
        "userName": person.email,
        "displayName": person.name,
        "name": { "formatted": person.name },
        "active": person.status == Status::Active,
        "emails": [{ "value": person.email, "type": "work", "primary": true }],
        "meta": {
            "resourceType": "User",
            "created": moment(person.created_at),
            "lastModified": moment(person.updated_at),
            "location": ctx.link(&format!("/scim/v2/Users/{}", person.id)),
            "version": person_tag(person.version)
        }
    });
    let mut extension = json!({});
    put(&mut extension, "department", person.department.as_deref());
    put(&mut extension, "organization", person.organization.as_deref());
    put(&mut shown, "externalId", person.external_id.as_deref());
    if let Some(name) = shown.get_mut("name") {
        put(name, "givenName", person.given_name.as_deref());
        put(name, "familyName", person.family_name.as_deref());
    }
    if let (Value::Object(shown), Value::Object(parts)) = (&mut shown, &extension)
        && !parts.is_empty()
    {
        shown.insert(ENTERPRISE.to_owned(), extension);
    }
    shown
}

/// A group as it is shown; `None`: nobody has looked who belongs to it.
fn group(ctx: &Ctx<'_>, group: &Group, members: Option<&[Member]>) -> Value {
    let mut shown = json!({
        "schemas": [GROUP],
        "id": group.id,
        "displayName": group.name,
        "meta": {
            "resourceType": "Group",
            "created": moment(group.created_at),
            "lastModified": moment(group.updated_at),
            "location": ctx.link(&format!("/scim/v2/Groups/{}", group.id)),
            "version": group_tag(group)
        }
    });
    put(&mut shown, "externalId", group.external_id.as_deref());
    if let (Value::Object(shown), Some(members)) = (&mut shown, members) {
        let of = |member: &&Member| member.group_id == group.id;
        let row = |member: &Member| {
            json!({
                "value": member.user_id, "display": member.name, "type": "User",
                "$ref": ctx.link(&format!("/scim/v2/Users/{}", member.user_id))
            })
        };
        shown.insert("members".to_owned(), members.iter().filter(of).map(row).collect());
    }
    shown
}

fn put(object: &mut Value, name: &str, text: Option<&str>) {
    if let (Value::Object(object), Some(text)) = (object, text) {
        object.insert(name.to_owned(), text.into());
    }
}

/// An example of a person, for the API document.
fn example_person() -> Value {
    json!({
        "schemas": [USER, ENTERPRISE], "id": "usr_018f3a5b7c9d4e2f8a1b3c5d7e9f0a1b", "externalId": "00u1a2b3", "userName": "ann@corp.example",
        "displayName": "Ann Lee", "name": {"formatted": "Ann Lee", "givenName": "Ann", "familyName": "Lee"}, "active": true,
        "emails": [{"value": "ann@corp.example", "type": "work", "primary": true}], ENTERPRISE: {"department": "Support"},
        "meta": {"resourceType": "User", "version": "W/\"3\""}
    })
}

/// An example of a group.
fn example_group() -> Value {
    json!({
        "schemas": [GROUP], "id": "grp_018f3a5b7c9d4e2f8a1b3c5d7e9f0a1b", "displayName": "Second line",
        "members": [{"value": "usr_018f3a5b7c9d4e2f8a1b3c5d7e9f0a1b", "display": "Ann Lee", "type": "User"}],
        "meta": {"resourceType": "Group", "version": "W/\"1.1\""}
    })
}

/// An example of a PATCH.
fn example_patch(operation: &Value) -> Value {
    json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [operation]})
}
