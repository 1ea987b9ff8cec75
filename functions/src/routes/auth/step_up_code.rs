//! POST /api/auth/step-up/code: sends a code by SMS to the person who is signed in, for proving anew who they are.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::sms;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Prove anew who I am: have a code sent")
        .about("The code is good once, for ten minutes and in this session; send it to `/api/auth/step-up`. 404 without a telephone number.")
        .answers_empty(202, "A code is on its way")
        .refuses(&[401, 403, 404, 409, 415, 429])
}

/// Sends it.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    sms::send_for_proof(ctx).await?;
    Ok(Response::empty(202))
}
