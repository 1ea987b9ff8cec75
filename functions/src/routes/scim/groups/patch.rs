//! PATCH /scim/v2/Groups/{group}: programs with access.manage.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::scim::groups::Draft;

use super::{answer, id};
use crate::actions::scim::groups;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::scim::{ScimObject, example_group, example_patch, listing, read};

/// Describes the route.
pub fn doc() -> ApiDoc {
    listing::selected(ApiDoc::scim("Change a group"))
        .about("Operations add, replace and remove, on displayName, externalId, members and members[value eq \"..\"].")
        .path("group", "Id of the group")
        .header("If-Match", "The version that was read; may be left out")
        .request::<ScimObject>(example_patch(
            &json!({"op": "add", "path": "members", "value": [{"value": "usr_018f3a5b7c9d4e2f8a1b3c5d7e9f0a1b"}]}),
        ))
        .sends_etag()
        .answers::<ScimObject>(200, "The group as it is now", example_group())
        .refuses(&[400, 401, 404, 409, 412, 413, 415])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let draft = Draft::changes(&read(&mut request).await?)?;
    let selection = listing::selection(&request)?;
    let (group, members) = groups::change(ctx, &id, request.headers.get("if-match"), &draft).await?;
    Ok(answer(ctx, &selection, 200, &group, Some(&members)))
}
