//! POST /api/auth/passkeys/sign-in/options: what a browser is asked that is to sign in by a passkey. For anybody.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{PasskeyRequest, example_request, request};
use crate::actions::accounts::passkeys::challenge;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Begin to sign in by a passkey")
        .about(
            "The answer goes to `navigator.credentials.get` on a page of the portal's own host, and what that answers to \
             `/api/auth/passkeys/sign-in`. Nobody is named: the authenticator knows whose it is.",
        )
        .answers::<PasskeyRequest>(200, "For the browser", example_request())
        .refuses(&[401, 415, 429])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    let question = challenge::to_sign_in(ctx).await?;
    Ok(Response::json(200, &request(ctx, question)))
}
