//! DELETE /api/auth/2fa/sms: takes the telephone number away. Needs a recent proof; other sessions of the person end.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::sms;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Take my telephone number away")
        .about("Recovery codes go with the last second factor. 403 `step_up_required` without a code within the last quarter of an hour.")
        .answers_empty(204, "There is none any more")
        .refuses(&[401, 403, 404])
}

/// Takes it away.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    sms::remove(ctx).await?;
    Ok(Response::empty(204))
}
