//! PUT /scim/v2/Groups/{group}: programs with access.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::scim::groups::Draft;

use super::{answer, id};
use crate::actions::scim::groups;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::scim::{ScimObject, example_group, listing, read};

/// Describes the route.
pub fn doc() -> ApiDoc {
    listing::selected(ApiDoc::scim("Set a group anew"))
        .about("Without members those who belong to it stay.")
        .path("group", "Id of the group")
        .header("If-Match", "The version that was read; may be left out")
        .request::<ScimObject>(example_group())
        .sends_etag()
        .answers::<ScimObject>(200, "The group as it is now", example_group())
        .refuses(&[400, 401, 404, 409, 412, 413, 415])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let draft = Draft::read(&read(&mut request).await?)?;
    let selection = listing::selection(&request)?;
    let (group, members) = groups::change(ctx, &id, request.headers.get("if-match"), &draft).await?;
    Ok(answer(ctx, &selection, 200, &group, Some(&members)))
}
