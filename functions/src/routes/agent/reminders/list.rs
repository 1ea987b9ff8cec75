//! GET /agent/reminders: one's own reminders, and the form of a new one.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::ReminderId;
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::queues;
use shared::store::reminders::{self as store, ReminderRow};

use crate::actions::sla::clocks::standard_calendar;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::own_time;
use crate::pages::view::Form;
use crate::pages::view::own_time::Reminders;
use crate::routes::reminders::list::{after, cursor};

/// Shows them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    page(ctx, &frame, 200, request.query.filled("cursor"), Form::default(), None).await
}

/// The page, with what was typed into a form that was refused: that of a new reminder, or of `again`'s other moment.
pub async fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    from: Option<&str>,
    form: Form,
    again: Option<(ReminderId, Form)>,
) -> Result<Response, ApiError> {
    let me = &ctx.person()?.id;
    let start = from.map(after).transpose()?.unwrap_or_default();
    let mine = store::of_person(me, &ctx.actor.ticket_scope(), (start.0, &start.1), PAGE_ROWS_DEFAULT + 1);
    let batch = vec![queues::counts(me), mine];
    let answers = ctx.db.batch(batch).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let mut rows: Vec<ReminderRow> = rows.all()?;
    let has_more = rows.len() > PAGE_ROWS_DEFAULT as usize;
    rows.truncate(PAGE_ROWS_DEFAULT as usize);
    let next = rows.last().filter(|_| has_more).map(|row| format!("/agent/reminders?cursor={}", cursor(row)));
    let presets = own_time::presets(ctx, &standard_calendar(ctx.tenant.zone()));
    let mut reminders: Vec<_> = rows.into_iter().map(|row| own_time::reminder(ctx, row, &presets, "")).collect();
    let view = Reminders {
        form: own_time::put_back(again, &mut reminders, form),
        reminders,
        next,
        first: from.map(|_| "/agent/reminders".to_owned()),
        presets,
    };
    render::agent_page(ctx, frame, status, "agent/reminders", "reminders", &queues::read(counts)?, view)
}
