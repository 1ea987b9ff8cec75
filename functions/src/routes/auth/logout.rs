//! POST /api/auth/logout: the session ends, and with it its access and refresh tokens.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Sign out").answers_empty(204, "The session is over").refuses(&[401, 403])
}

/// Ends the session of the request.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    accounts::sign_out(ctx).await?;
    Ok(Response::empty(204))
}
