//! POST /profile/security/passkeys/{passkey}/rename: a person gives a passkey another name. Field: `name`.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::PasskeyId;

use crate::actions::accounts::passkeys::keep;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Renames it; a name that cannot be taken is told on the page.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let fields = form::read(ctx, &mut request).await?;
    let id = PasskeyId::parse(request.param("passkey")).map_err(|_| ApiError::not_found())?;
    let said = match keep::rename(ctx, &id, fields.get("name").unwrap_or_default()).await {
        Ok(_) => flash::success("flash-passkey-renamed"),
        Err(error) if error.status == 422 => flash::failure("flash-passkey-name"),
        Err(error) => return Err(error),
    };
    Ok(flash::see_other(ctx, "/profile/security", &said))
}
