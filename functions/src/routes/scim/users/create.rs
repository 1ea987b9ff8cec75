//! POST /scim/v2/Users: programs with user.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::scim::people::Changes;

use super::answer;
use crate::actions::scim::people;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::scim::{ScimObject, example_person, listing, read};

/// Describes the route.
pub fn doc() -> ApiDoc {
    listing::selected(ApiDoc::scim("Make a person"))
        .about("A client, who is mailed a link for choosing a password unless active is false. Attributes that are not kept are left out; roles and entitlements are among them.")
        .request::<ScimObject>(example_person())
        .sends_etag()
        .sends_location()
        .answers::<ScimObject>(201, "The person", example_person())
        .refuses(&[400, 401, 409, 413, 415])
}

/// Makes them.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let changes = Changes::whole(&read(&mut request).await?)?;
    let person = people::create(ctx, &changes).await?;
    answer(ctx, &request, 201, &person)
}
