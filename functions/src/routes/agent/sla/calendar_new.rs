//! GET /agent/sla/calendars/new: the form of a calendar, Monday to Friday from 9 to 18 in the tenant's zone.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::store::queues;

use super::calendar_form;
use crate::actions::sla::clocks::standard_calendar;
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let counts = ctx.db.run(queues::counts(&ctx.person()?.id)).await?;
    let standard = standard_calendar(ctx.tenant.zone());
    let mut fields = vec![("time_zone".to_owned(), ctx.tenant.zone().name().to_owned())];
    fields.extend(calendar_form::days_of(standard.form()).into_iter().map(|day| (day.day, day.intervals)));
    let fields: Query = fields.into_iter().collect();
    calendar_form::page(ctx, &Frame::of(&request), &counts, "", &fields, None, None)
}
