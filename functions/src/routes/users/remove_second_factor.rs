//! DELETE /api/users/{user}/2fa: an administrator takes away the second factor of somebody who has lost it. Needs a recent proof.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;

use crate::actions::accounts::second_factor::enrol;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("users", "Take a person's second factor away")
        .path("user", "Id of the person")
        .about("For a lost device without recovery codes. The person is signed out everywhere and told by mail. 403 `step_up_required` without a recent proof.")
        .answers_empty(204, "There is none any more")
        .refuses(&[401, 403, 404])
}

/// Takes it away.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let user = UserId::parse(request.param("user")).map_err(|_| ApiError::not_found())?;
    enrol::remove_of(ctx, &user).await?;
    Ok(Response::empty(204))
}
