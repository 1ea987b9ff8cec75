//! POST /tickets/{number}/close: the client is done with it.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::Status;

use super::ticket;
use crate::actions::tickets::{Changes, IfMatch, reference, update};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::{flash, form};

/// Closes the ticket.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Box::pin(set_status(ctx, request, Status::Closed, "flash-ticket-closed")).await
}

/// Sets the status by a form of the ticket's page. A refusal of the rules comes back as that page with its reason.
pub async fn set_status(ctx: &Ctx<'_>, mut request: Request, status: Status, done: &str) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    form::read(ctx, &mut request).await?;
    let changes = Changes { status: Some(status), ..Changes::default() };
    match update(ctx, &reference, IfMatch::Any, &changes).await {
        Ok((row, _)) => {
            let number = ctx.tenant.ticket_reference(row.number);
            Ok(flash::see_other(ctx, &format!("/tickets/{number}"), &flash::success(done)))
        }
        Err(error) if matches!(error.status, 409 | 422) => {
            let form = Form::default().error("form", error.title(ctx.locale));
            ticket::page(ctx, &frame, error.status, &reference, form).await
        }
        Err(error) => Err(error),
    }
}
