//! POST /agent/tickets/{number}/link: what this ticket is to another.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::Reference;

use super::refused;
use crate::actions::relations::{LinkKind, link};
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::shell::Flash;
use crate::pages::{flash, form};

/// Links the two.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let here = request.param("number").to_owned();
    let this = reference(ctx, &here)?;
    let sent = form::read(ctx, &mut request).await?;
    let kind = sent.filled("kind").and_then(LinkKind::parse);
    let other = sent.filled("number").and_then(|text| Reference::parse(text, ctx.tenant));
    let result = match (kind, other) {
        (Some(kind), Some(other)) => link(ctx, &this, kind, &other).await,
        (None, _) => Err(ApiError::field("kind", "unknown_value")),
        (_, None) => Err(ApiError::field("number", "unknown_value")),
    };
    match result {
        Ok(made) => {
            let news = Flash { arg: made.ticket.number, ..flash::success("flash-linked") };
            Ok(flash::see_other(ctx, &format!("/agent/tickets/{here}"), &news))
        }
        Err(error) => refused(ctx, &frame, &this, error).await,
    }
}
