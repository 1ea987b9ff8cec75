//! POST /profile/security/passkeys/{passkey}/remove: a person takes a passkey away.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::PasskeyId;

use crate::actions::accounts::passkeys::keep;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Takes it away.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    let id = PasskeyId::parse(request.param("passkey")).map_err(|_| ApiError::not_found())?;
    keep::remove(ctx, &id).await?;
    Ok(flash::see_other(ctx, "/profile/security", &flash::success("flash-passkey-removed")))
}
