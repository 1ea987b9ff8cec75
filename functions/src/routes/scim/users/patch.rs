//! PATCH /scim/v2/Users/{user}: programs with user.manage.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::scim::people::Changes;

use super::{answer, id};
use crate::actions::scim::people;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::scim::{ScimObject, example_patch, example_person, listing, read};

/// Describes the route.
pub fn doc() -> ApiDoc {
    listing::selected(ApiDoc::scim("Change a person"))
        .about("Operations add, replace and remove, with paths such as name.givenName, emails[type eq \"work\"].value or an URN; active is taken as true or \"True\".")
        .path("user", "Id of the person")
        .header("If-Match", "The version that was read; may be left out")
        .request::<ScimObject>(example_patch(&json!({"op": "replace", "path": "active", "value": false})))
        .sends_etag()
        .answers::<ScimObject>(200, "The person as it is now", example_person())
        .refuses(&[400, 401, 404, 409, 412, 413, 415])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let changes = Changes::patch(&read(&mut request).await?)?;
    let person = people::change(ctx, &id, request.headers.get("if-match"), &changes).await?;
    answer(ctx, &request, 200, &person)
}
