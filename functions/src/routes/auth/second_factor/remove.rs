//! DELETE /api/auth/2fa/totp: takes the second factor away. Needs a recent proof; other sessions of the person end.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::enrol;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Take my second factor away")
        .about("The recovery codes go with it. 403 `step_up_required` without a code within the last quarter of an hour.")
        .answers_empty(204, "There is none any more")
        .refuses(&[401, 403, 404])
}

/// Takes it away.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    enrol::remove(ctx).await?;
    Ok(Response::empty(204))
}
