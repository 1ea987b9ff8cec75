//! POST /api/groups: those with access.manage make a group.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{GroupView, answer, example};
use crate::actions::groups;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A group to make.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGroupIn {
    /// What people call it; no other group of the tenant is called so.
    #[schema(example = "Holiday cover")]
    name: String,
    /// What it is for.
    #[serde(default)]
    description: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("groups", "Make a group")
        .about("A group by itself gives nothing: roles are granted to it, and its members hold them while they belong to it.")
        .request::<NewGroupIn>(json!({"name": "Holiday cover", "description": "Who stands in over New Year"}))
        .sends_etag()
        .sends_location()
        .answers::<GroupView>(201, "The group; Location and ETag name it and its version", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Makes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new: NewGroupIn = body::json(&mut request).await?;
    let group = groups::create(ctx, &new.name, &new.description).await?;
    let location = format!("/api/groups/{}", group.id);
    Ok(answer(201, group).with("location", location))
}
