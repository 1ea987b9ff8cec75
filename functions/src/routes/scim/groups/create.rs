//! POST /scim/v2/Groups: programs with access.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::scim::groups::Draft;

use super::answer;
use crate::actions::scim::groups;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::scim::{ScimObject, example_group, listing, read};

/// Describes the route.
pub fn doc() -> ApiDoc {
    listing::selected(ApiDoc::scim("Make a group"))
        .about("It gives nothing to its members until a role is granted to it.")
        .request::<ScimObject>(example_group())
        .sends_etag()
        .sends_location()
        .answers::<ScimObject>(201, "The group", example_group())
        .refuses(&[400, 401, 409, 413, 415])
}

/// Makes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let draft = Draft::read(&read(&mut request).await?)?;
    let selection = listing::selection(&request)?;
    let (group, members) = groups::create(ctx, &draft).await?;
    Ok(answer(ctx, &selection, 201, &group, Some(&members)))
}
