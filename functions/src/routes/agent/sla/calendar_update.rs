//! POST /agent/sla/calendars/{calendar}: changes a calendar.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::calendar_form::{self, Sent};
use super::{calendar, calendar_edit, version};
use crate::actions::sla::calendars::{self, Calendar};
use crate::context::Ctx;
use crate::pages::flash;
use crate::pages::frame::Frame;

/// Changes it; a refused form, and one whose calendar was changed meanwhile (412), comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let id = calendar(&request)?;
    let sent = calendar_form::read(ctx, &mut request).await?;
    let (counts, known) = calendar_edit::load(ctx, &id).await?;
    let now_at = known.version;
    match save(ctx, &sent, known).await.map_err(calendar_form::translate) {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/sla/calendars", &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 409 | 412 | 422) => {
            // Whoever has been told of the other change and sends again means it.
            let fresh = (error.status == 412).then_some(now_at);
            calendar_form::page(ctx, &frame, &counts, id.as_str(), &sent.fields, Some(&error), fresh)
        }
        Err(error) => Err(error),
    }
}

async fn save(ctx: &Ctx<'_>, sent: &Sent, known: Calendar) -> Result<(), ApiError> {
    let if_match = version(&sent.fields)?;
    let form = calendar_form::parse(sent, &known.hours.form().overrides)?;
    let (name, hours) = calendars::checked(sent.fields.get("name").unwrap_or_default(), &form)?;
    calendars::save(ctx, known, if_match, name, hours).await?;
    Ok(())
}
