//! POST /agent/sla/calendars/{calendar}/delete: removes a calendar that nothing counts by.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{calendar, calendar_edit, calendar_form};
use crate::actions::sla::calendars;
use crate::actions::tickets::IfMatch;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Removes it; one that is in use stays, and its page says so.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let id = calendar(&request)?;
    form::read(ctx, &mut request).await?;
    let (counts, known) = calendar_edit::load(ctx, &id).await?;
    let fields = calendar_form::fields(ctx, &known);
    match calendars::remove_known(ctx, &known, IfMatch::Any).await {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/sla/calendars", &flash::success("flash-deleted-calendar"))),
        Err(error) if error.code == "calendar_in_use" => {
            calendar_form::page(ctx, &frame, &counts, id.as_str(), &fields, Some(&error), None)
        }
        Err(error) => Err(error),
    }
}
