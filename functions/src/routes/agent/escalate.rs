//! POST /agent/tickets/{number}/escalate: a higher level with its reason, or level 0 for none.

use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};

use super::{fields, ticket};
use crate::actions::tickets::changes::Escalation;
use crate::actions::tickets::{Changes, reference, update};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::{flash, form};

/// Escalates the ticket, or takes an escalation back (level 0). A refusal comes back with what was typed.
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
            Ok(flash::see_other(ctx, &format!("/agent/tickets/{number}"), &flash::success("flash-escalated")))
        }
        Err(error) if matches!(error.status, 409 | 412 | 422) => {
            let error = ApiError { fields: error.fields.into_iter().map(of_the_form).collect(), ..error };
            let fields = form::refused(ctx, &error, &sent, &["level", "reason"]);
            ticket::page(ctx, &frame, error.status, &reference, Form::default(), fields).await
        }
        Err(error) => Err(error),
    }
}

/// The API calls the fields `escalation.level` and `escalation.reason`.
fn of_the_form(fault: FieldError) -> FieldError {
    let field = fault.field.trim_start_matches("escalation.").to_owned();
    FieldError { field, ..fault }
}
