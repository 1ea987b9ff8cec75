//! GET /scim/v2/Users/{user}: programs with user.read. Who looked is a line of the audit log.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{answer, id};
use crate::actions::audit;
use crate::actions::scim::{names, people, person_tag};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::scim::{ScimObject, example_person, listing};

/// Describes the route.
pub fn doc() -> ApiDoc {
    listing::selected(ApiDoc::scim("Show a person"))
        .path("user", "Id of the person")
        .header("If-None-Match", "The version that is known: 304 while it is the present one")
        .sends_etag()
        .answers::<ScimObject>(200, "The person", example_person())
        .answers_empty(304, "It is the version that is known")
        .refuses(&[400, 401, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let person = people::find(ctx, &id(&request)?).await?;
    let tag = person_tag(person.version);
    if request.headers.get("if-none-match").is_some_and(|known| names(known, &tag)) {
        return Ok(Response::empty(304).with("etag", tag));
    }
    audit::note_read(ctx, "user.read", person.id.as_str(), json!({}));
    answer(ctx, &request, 200, &person)
}
