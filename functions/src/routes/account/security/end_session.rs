//! POST /profile/security/sessions/{session}/end: a person ends one of their sessions.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::SessionId;

use crate::actions::accounts::sessions;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Ends it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    let session = SessionId::parse(request.param("session")).map_err(|_| ApiError::not_found())?;
    sessions::end_own(ctx, &session).await?;
    Ok(flash::see_other(ctx, "/profile/security", &flash::success("flash-session-ended")))
}
