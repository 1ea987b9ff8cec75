//! POST /agent/tickets/{number}/merge: this ticket goes on in another.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::Reference;

use super::{refused, to_ticket};
use crate::actions::relations::merge;
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;

/// Merges, and shows the other ticket.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let child = reference(ctx, request.param("number"))?;
    let sent = form::read(ctx, &mut request).await?;
    let Some(into) = sent.filled("into").and_then(|text| Reference::parse(text, ctx.tenant)) else {
        return refused(ctx, &frame, &child, ApiError::field("into", "unknown_value")).await;
    };
    match merge(ctx, &child, &into).await {
        Ok((other, _)) => Ok(to_ticket(ctx, &other, "flash-merged", &ctx.tenant.ticket_reference(other.number))),
        Err(error) => refused(ctx, &frame, &child, error).await,
    }
}
