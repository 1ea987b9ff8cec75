//! POST /agent/tickets/{number}/split: some comments become a ticket of their own.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::CommentId;
use shared::ticket::Title;

use super::{refused, to_ticket};
use crate::actions::relations::split;
use crate::actions::tickets::{Created, reference};
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;

/// Splits, and shows the new ticket.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let from = reference(ctx, request.param("number"))?;
    let sent = form::read(ctx, &mut request).await?;
    match split_off(ctx, &from, &sent).await {
        Ok(created) => Ok(to_ticket(ctx, &created.row, "flash-split", &created.number(ctx))),
        Err(error) => refused(ctx, &frame, &from, error).await,
    }
}

async fn split_off(ctx: &Ctx<'_>, from: &shared::ticket::Reference, sent: &Query) -> Result<Created, ApiError> {
    let title = Title::parse("title", sent.get("title").unwrap_or_default()).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let comments: Vec<CommentId> = sent
        .all("comment")
        .map(CommentId::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| ApiError::field("comments", "unknown_value"))?;
    split(ctx, from, &title, &comments).await
}
