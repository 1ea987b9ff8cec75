//! DELETE /api/auth/passkeys/{passkey}: takes one's own passkey away. Needs a recent proof; other sessions of the person end.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::accounts::passkeys::keep;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Take a passkey away")
        .path("passkey", "Its id (psk_...)")
        .about(
            "It lets in no more. Recovery codes go with the last second factor. 403 `step_up_required` without a proof within the last \
             quarter of an hour.",
        )
        .answers_empty(204, "It is gone")
        .refuses(&[401, 403, 404])
}

/// Takes it away.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    keep::remove(ctx, &id(&request)?).await?;
    Ok(Response::empty(204))
}
