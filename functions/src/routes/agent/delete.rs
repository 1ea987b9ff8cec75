//! POST /agent/tickets/{number}/delete: out of sight, until it is restored.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::tickets::{IfMatch, delete, reference};
use crate::context::Ctx;
use crate::pages::view::shell::Flash;
use crate::pages::{flash, form};

/// Deletes the ticket.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, request.param("number"))?;
    let number = request.param("number").to_owned();
    form::read(ctx, &mut request).await?;
    delete(ctx, &reference, IfMatch::Any).await?;
    Ok(flash::see_other(ctx, "/agent/tickets?queue=mine", &Flash { arg: number, ..flash::success("flash-deleted") }))
}
