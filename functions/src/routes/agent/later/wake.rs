//! POST /agent/tickets/{number}/wake: puts a ticket back into the queue.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::snoozes::wake;
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Puts it back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let ticket = reference(ctx, request.param("number"))?;
    form::read(ctx, &mut request).await?;
    let row = wake(ctx, &ticket).await?;
    let number = ctx.tenant.ticket_reference(row.number);
    Ok(flash::see_other(ctx, &format!("/agent/tickets/{number}/later"), &flash::success("flash-woken")))
}
