//! POST /agent/tickets/{number}/restore: a deleted ticket comes back.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::tickets::{reference, restore};
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Restores the ticket.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, request.param("number"))?;
    form::read(ctx, &mut request).await?;
    let (row, _) = restore(ctx, &reference).await?;
    let number = ctx.tenant.ticket_reference(row.number);
    Ok(flash::see_other(ctx, &format!("/agent/tickets/{number}"), &flash::success("flash-restored")))
}
