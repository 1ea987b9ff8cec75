//! DELETE /api/sessions/{session}: ends a session, one's own or, for whoever manages people, anybody's.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::SessionId;

use crate::actions::accounts::sessions;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "End a session")
        .path("session", "Id of the session")
        .about("Its tokens, cookie and open pages end with it.")
        .answers_empty(204, "It is over")
        .refuses(&[401, 403, 404])
}

/// Ends it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let session = SessionId::parse(request.param("session")).map_err(|_| ApiError::not_found())?;
    sessions::end(ctx, &session).await?;
    Ok(Response::empty(204))
}
