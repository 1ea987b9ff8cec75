//! GET /agent/sla/calendars/{calendar}: the form of a calendar.

use shared::database::Rows;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::CalendarId;
use shared::store::queues;
use shared::store::sla_calendars as store;

use super::{calendar, calendar_form};
use crate::actions::sla::calendars::Calendar;
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = calendar(&request)?;
    let (counts, known) = load(ctx, &id).await?;
    let fields = calendar_form::fields(ctx, &known);
    calendar_form::page(ctx, &Frame::of(&request), &counts, id.as_str(), &fields, None, None)
}

/// The numbers of the navigation and the calendar, in one round trip.
pub async fn load(ctx: &Ctx<'_>, id: &CalendarId) -> Result<(Rows, Calendar), ApiError> {
    let answers = ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::calendar(id)]).await?;
    let [counts, calendar] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let known = calendar.first()?.ok_or_else(ApiError::not_found)?;
    Ok((counts.clone(), Calendar::read(known)?))
}
