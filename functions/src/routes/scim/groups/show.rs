//! GET /scim/v2/Groups/{group}: programs with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{answer, id};
use crate::actions::scim::{group_tag, groups, names};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::scim::{ScimObject, example_group, listing};

/// Describes the route.
pub fn doc() -> ApiDoc {
    listing::selected(ApiDoc::scim("Show a group"))
        .path("group", "Id of the group")
        .header("If-None-Match", "The version that is known: 304 while it is the present one")
        .sends_etag()
        .answers::<ScimObject>(200, "The group; 400 tooMany with members when they are more than 1000", example_group())
        .answers_empty(304, "It is the version that is known")
        .refuses(&[400, 401, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let group = groups::find(ctx, &id(&request)?).await?;
    let tag = group_tag(&group);
    if request.headers.get("if-none-match").is_some_and(|known| names(known, &tag)) {
        return Ok(Response::empty(304).with("etag", tag));
    }
    let selection = listing::selection(&request)?;
    let members = if selection.has("members") { Some(groups::members(ctx, std::slice::from_ref(&group)).await?) } else { None };
    Ok(answer(ctx, &selection, 200, &group, members.as_deref()))
}
