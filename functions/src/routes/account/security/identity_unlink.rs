//! POST /profile/security/identities/{identity}/unlink: a person unlinks who they are at a provider of identities.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::ExternalIdentityId;

use crate::actions::sso::identities;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Unlinks it; whoever has no other way in is told so.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    let id = ExternalIdentityId::parse(request.param("identity")).map_err(|_| ApiError::not_found())?;
    match identities::unlink(ctx, &id).await {
        Ok(()) => Ok(flash::see_other(ctx, "/profile/security", &flash::success("flash-identity-unlinked"))),
        Err(error) if error.code == "last_way_in" => {
            Ok(flash::see_other(ctx, "/profile/security", &flash::failure("flash-identity-last")))
        }
        Err(error) => Err(error),
    }
}
