//! POST /profile/undo: a member of the desk chooses for how many seconds a message can be taken back. Field: `undo_seconds`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::tickets::pending::choose_undo;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Saves the choice.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let fields = form::read(ctx, &mut request).await?;
    let seconds = fields.get("undo_seconds").and_then(|text| text.parse().ok());
    choose_undo(ctx, seconds.ok_or_else(|| ApiError::field("undo_seconds", "unknown_value"))?).await?;
    Ok(flash::see_other(ctx, "/profile", &flash::success("flash-saved")))
}
