//! GET /agent/sla/calendars: the tenant's working time.

use shared::access::Permission;
use shared::business_time;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::queues;
use shared::store::sla_calendars as store;
use shared::store::sla_rules::RULES_MAX;

use super::calendar_form::days_of;
use crate::actions::sla::calendars;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::schedule::{CalendarRow, Calendars};

/// Shows the list.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let rows = ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::calendars("", RULES_MAX)]).await?;
    let [counts, calendars] = rows.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let calendars = calendars::read_all(calendars)?
        .into_iter()
        .map(|calendar| CalendarRow {
            id: calendar.id.to_string(),
            name: calendar.name,
            time_zone: calendar.hours.zone().name().to_owned(),
            open_now: business_time::is_open(&calendar.hours, ctx.now),
            days: days_of(calendar.hours.form()),
            holidays: i64::try_from(calendar.hours.form().holidays.len()).unwrap_or_default(),
            overrides: i64::try_from(calendar.hours.form().overrides.len()).unwrap_or_default(),
            policies: calendar.policies,
        })
        .collect();
    let view = Calendars { calendars, may_edit: ctx.actor.may(Permission::SlaManage) };
    render::agent_page(ctx, &frame, 200, "agent/calendars", "sla-calendars", &queues::read(counts)?, view)
}
