//! POST /agent/tickets/{number}/unmerge: a merge is undone.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{refused, to_ticket};
use crate::actions::relations::unmerge;
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;

/// Takes the ticket out of the other again.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let child = reference(ctx, request.param("number"))?;
    form::read(ctx, &mut request).await?;
    match unmerge(ctx, &child).await {
        Ok((row, _)) => Ok(to_ticket(ctx, &row, "flash-unmerged", "")),
        Err(error) => refused(ctx, &frame, &child, error).await,
    }
}
