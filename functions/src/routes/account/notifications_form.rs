//! POST /profile/notifications: the person chooses which mails they get. Fields: `mail`, one a kind that is wanted.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::notifications::choose;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Saves the choice.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let fields = form::read(ctx, &mut request).await?;
    choose(ctx, fields.all("mail")).await?;
    Ok(flash::see_other(ctx, "/profile", &flash::success("flash-notices-saved")))
}
