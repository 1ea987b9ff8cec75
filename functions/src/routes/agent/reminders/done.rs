//! POST /agent/reminders/{reminder}/done: it goes. Field: `ticket` (whose panel it is pressed on).

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{back, id};
use crate::actions::reminders;
use crate::context::Ctx;
use crate::pages::form;

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let sent = form::read(ctx, &mut request).await?;
    reminders::remove(ctx, &id).await?;
    back(ctx, &sent, "flash-reminder-done")
}
