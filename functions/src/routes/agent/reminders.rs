//! `/agent/reminders`: what somebody of the desk wants to be reminded of.

pub mod again;
pub mod create;
pub mod done;
pub mod list;

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::ReminderId;

use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::flash;

fn id(request: &Request) -> Result<ReminderId, ApiError> {
    ReminderId::parse(request.param("reminder")).map_err(|_| ApiError::not_found())
}

/// Back to where the form was: the ticket that it names, or the list.
fn back(ctx: &Ctx<'_>, sent: &Query, news: &str) -> Result<Response, ApiError> {
    let address = match sent.filled("ticket") {
        Some(number) => {
            reference(ctx, number)?;
            format!("/agent/tickets/{number}/later")
        }
        None => "/agent/reminders".to_owned(),
    };
    Ok(flash::see_other(ctx, &address, &flash::success(news)))
}
