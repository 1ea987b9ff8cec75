//! POST /api/auth/step-up/options: what a browser is asked that is to prove anew, by a passkey, who is behind the session.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::passkeys::{PasskeyRequest, example_request, request};
use crate::actions::accounts::passkeys::challenge;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Begin to prove anew who I am by a passkey")
        .about(
            "The answer goes to `navigator.credentials.get` on a page of the portal's own host, and what that answers to `/api/auth/step-up` \
             as `passkey`. 409 `no_passkey` of whoever has none.",
        )
        .answers::<PasskeyRequest>(200, "For the browser", example_request())
        .refuses(&[401, 403, 409, 415, 429])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    let question = challenge::to_step_up(ctx).await?;
    Ok(Response::json(200, &request(ctx, question)))
}
