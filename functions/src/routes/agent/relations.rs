//! The forms of a ticket's page that relate it to others: merge, split, link, follow.

pub mod followers;
pub mod link;
pub mod merge;
pub mod split;
pub mod unlink;
pub mod unmerge;

use shared::error::ApiError;
use shared::http::Response;
use shared::ticket::{Reference, TicketRow};

use super::ticket;
use crate::context::Ctx;
use crate::pages::flash;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::view::shell::Flash;

/// Back to a ticket's page, with the news.
fn to_ticket(ctx: &Ctx<'_>, row: &TicketRow, key: &str, arg: &str) -> Response {
    let number = ctx.tenant.ticket_reference(row.number);
    flash::see_other(ctx, &format!("/agent/tickets/{number}"), &Flash { arg: arg.to_owned(), ..flash::success(key) })
}

/// The ticket's page again, saying why not.
async fn refused(ctx: &Ctx<'_>, frame: &Frame, reference: &Reference, error: ApiError) -> Result<Response, ApiError> {
    if !matches!(error.status, 409 | 412 | 422) {
        return Err(error);
    }
    let reason = error.fields.first().map_or_else(|| error.detail(ctx.locale), |fault| fault.message(ctx.locale));
    ticket::page(ctx, frame, error.status, reference, Form::default(), Form::default().error("form", reason)).await
}
