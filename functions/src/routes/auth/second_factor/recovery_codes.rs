//! POST /api/auth/2fa/recovery-codes: ten new recovery codes in the place of the former ones. Needs a recent proof.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{RecoveryCodes, example_codes};
use crate::actions::accounts::second_factor::enrol;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "New recovery codes")
        .about("The former ones work no longer. 403 `step_up_required` without a code within the last quarter of an hour.")
        .answers::<RecoveryCodes>(200, "Shown this once", example_codes())
        .refuses(&[401, 403, 404, 415])
}

/// Answers with the codes.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &RecoveryCodes { recovery_codes: enrol::renew_codes(ctx).await? }))
}
