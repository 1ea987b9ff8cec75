//! POST /agent/attachments/{attachment}/remove: a file is gone for good, its name stays in the history of its ticket.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::attachments::remove;
use crate::context::Ctx;
use crate::pages::{flash, form};
use crate::routes::attachments::id;

/// Removes the file and goes back to its ticket.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    form::read(ctx, &mut request).await?;
    let ticket = remove(ctx, &id).await?;
    Ok(flash::see_other(ctx, &format!("/agent/tickets/{ticket}"), &flash::success("flash-file-removed")))
}
