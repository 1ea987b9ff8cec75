//! POST /api/groups/{group}/members: those with access.manage take somebody in.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;

use super::{MemberView, example_member, id};
use crate::actions::groups;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Who is to belong to the group.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMemberIn {
    /// Id of the person.
    #[schema(example = "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b")]
    user: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("groups", "Take somebody into a group")
        .about(
            "What was granted to the group is the person's at the next request. Nobody is taken in by somebody who holds less than the group \
             gives (403 `more_than_own`).",
        )
        .path("group", "Its id (grp_...)")
        .request::<NewMemberIn>(json!({"user": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b"}))
        .answers::<MemberView>(201, "Taken in", example_member())
        .answers::<MemberView>(200, "They belonged to it already", example_member())
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
}

/// Takes them in.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let new: NewMemberIn = body::json(&mut request).await?;
    let user = UserId::parse(&new.user).map_err(|_| ApiError::field("user", "unknown_value"))?;
    let (member, is_new) = groups::join(ctx, &id, &user).await?;
    Ok(Response::json(if is_new { 201 } else { 200 }, &MemberView::from(member)))
}
