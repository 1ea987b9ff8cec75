//! GET /api/users/{user}: one person. Who looked is a line of the audit log.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;
use shared::store::people::{self as store, Listed};

use super::{User, example};
use crate::actions::audit;
use crate::context::Ctx;
use crate::entity_tag::etag;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("users", "Show a person")
        .path("user", "Id of the person")
        .sends_etag()
        .answers::<User>(200, "The person", example())
        .refuses(&[401, 403, 404])
}

/// Answers, with the version as entity tag.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = UserId::parse(request.param("user")).map_err(|_| ApiError::not_found())?;
    let row = ctx.db.run(store::show(&id)).await?.first::<Listed>()?.ok_or_else(ApiError::not_found)?;
    audit::note_read(ctx, "user.read", id.as_str(), json!({}));
    let tag = etag(row.version);
    Ok(Response::json(200, &User::from(row)).with("etag", tag))
}
