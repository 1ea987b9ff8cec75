//! POST /api/auth/logout/everywhere: every session of the person ends, and with them their tokens, cookies and open pages.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Sign out everywhere")
        .about("For a lost device: every session of the person ends, the one that asks too.")
        .answers_empty(204, "No session of the person is left")
        .refuses(&[401, 403])
}

/// Ends them all.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    accounts::sign_out_everywhere(ctx).await?;
    Ok(Response::empty(204))
}
