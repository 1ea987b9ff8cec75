//! GET /api/groups/{group}: one of them. Everybody with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{GroupView, answer, example, id};
use crate::actions::groups;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("groups", "Show a group")
        .path("group", "Its id (grp_...)")
        .sends_etag()
        .answers::<GroupView>(200, "The group; ETag is its version", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(answer(200, groups::find(ctx, &id(&request)?).await?))
}
