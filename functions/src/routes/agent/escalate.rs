//! POST /agent/tickets/{number}/escalate: a higher level, with its reason.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{fields, ticket};
use crate::actions::tickets::changes::Escalation;
use crate::actions::tickets::{Changes, reference, update};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::{flash, form};

/// Escalates the ticket.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    let sent = form::read(ctx, &mut request).await?;
    let level = sent.filled("level").and_then(|level| level.parse().ok());
    let result = match (fields::version(&sent), level) {
        (Ok(if_match), Some(level)) => match Escalation::parse(level, sent.filled("reason").map(str::to_owned)) {
            Ok(raised) => update(ctx, &reference, if_match, &Changes { escalation: Some(raised), ..Changes::default() }).await,
            Err(fault) => Err(ApiError::invalid(vec![fault])),
        },
        (Err(fault), _) => Err(ApiError::invalid(vec![fault])),
        (Ok(_), None) => Err(ApiError::field("level", "unknown_value")),
    };
    match result {
        Ok((row, _)) => {
            let number = ctx.tenant.ticket_reference(row.number);
            Ok(flash::see_other(&format!("/agent/tickets/{number}"), &flash::success("flash-escalated")))
        }
        Err(error) if matches!(error.status, 409 | 412 | 422) => {
            let fields = form::refused(ctx, &error, &sent, &[]);
            ticket::page(ctx, &frame, error.status, &reference, Form::default(), fields).await
        }
        Err(error) => Err(error),
    }
}
