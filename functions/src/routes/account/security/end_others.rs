//! POST /profile/security/sessions/end-others: a person ends every session but this one.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::sessions;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Ends them.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    sessions::end_others(ctx).await?;
    Ok(flash::see_other(ctx, "/profile/security", &flash::success("flash-sessions-ended")))
}
