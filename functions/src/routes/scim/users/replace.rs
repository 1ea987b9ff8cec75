//! PUT /scim/v2/Users/{user}: programs with user.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::scim::people::Changes;

use super::{answer, id};
use crate::actions::scim::people;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::scim::{ScimObject, example_person, listing, read};

/// Describes the route.
pub fn doc() -> ApiDoc {
    listing::selected(ApiDoc::scim("Set a person anew"))
        .about("What is left out stays as it is (RFC 7644, 3.5.1). userName cannot be changed.")
        .path("user", "Id of the person")
        .header("If-Match", "The version that was read; may be left out")
        .request::<ScimObject>(example_person())
        .sends_etag()
        .answers::<ScimObject>(200, "The person as it is now", example_person())
        .refuses(&[400, 401, 404, 409, 412, 413, 415])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let changes = Changes::whole(&read(&mut request).await?)?;
    let person = people::change(ctx, &id, request.headers.get("if-match"), &changes).await?;
    answer(ctx, &request, 200, &person)
}
