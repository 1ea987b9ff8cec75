//! PATCH /api/groups/{group}: those with access.manage change name or description.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{GroupView, answer, example, id};
use crate::actions::groups;
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// What to change: what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupChangesIn {
    /// Name.
    #[serde(default)]
    name: Option<String>,
    /// What it is for.
    #[serde(default)]
    description: Option<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("groups", "Change a group")
        .path("group", "Its id (grp_...)")
        .header("If-Match", "The ETag that was read, or *; may be left out")
        .request::<GroupChangesIn>(json!({"name": "Summer cover"}))
        .sends_etag()
        .answers::<GroupView>(200, "The group as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let if_match = IfMatch::read_if_sent(&request)?;
    let typed: GroupChangesIn = body::json(&mut request).await?;
    Ok(answer(200, groups::change(ctx, &id, if_match, typed.name.as_deref(), typed.description.as_deref()).await?))
}
