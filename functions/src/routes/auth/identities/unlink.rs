//! DELETE /api/auth/identities/{identity}: everybody who is signed in, their own. Needs a recent proof.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::ExternalIdentityId;

use crate::actions::sso::identities;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Unlink an identity elsewhere")
        .path("identity", "Its id (eid_...)")
        .about(
            "It lets in no more, and other sessions that its provider has opened end. 409 `last_way_in` for whoever has no password, passkey or \
             other identity. 403 `step_up_required` without a proof within the last quarter of an hour.",
        )
        .answers_empty(204, "It is gone")
        .refuses(&[401, 403, 404, 409])
}

/// Unlinks it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = ExternalIdentityId::parse(request.param("identity")).map_err(|_| ApiError::not_found())?;
    identities::unlink(ctx, &id).await?;
    Ok(Response::empty(204))
}
