//! GET /agent/tickets/{number}/time: time that was spent on a ticket, and the reader's timer.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::queues;
use shared::store::time_entries::{self as store, Filter, TimerRow};
use shared::ticket::Reference;

use crate::actions::tickets::{load, reference};
use crate::actions::time::today;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::time;
use crate::pages::view::Form;
use crate::pages::view::time::TicketTime;

/// Entries that the panel lists.
const SHOWN: u32 = 20;

/// Shows it. The ticket's page takes its part out of this one when its panel is opened.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    page(ctx, &frame, 200, &reference, Form::default().value("billable", "on")).await
}

/// The page, with what was typed into a form that was refused.
pub async fn page(ctx: &Ctx<'_>, frame: &Frame, status: u16, ticket: &Reference, form: Form) -> Result<Response, ApiError> {
    let me = &ctx.person()?.id;
    let filter = Filter { ticket: Some(ticket.clone()), ..Filter::default() };
    let entries = store::list(&filter, &ctx.actor.ticket_scope(), None, SHOWN);
    let beside = vec![queues::counts(me), entries, store::sum(&filter), store::timer(me)];
    let mut loaded = load(ctx, ticket, beside).await?;
    let (counts, rows, sum, timer) = (loaded.next()?, loaded.next()?, loaded.next()?, loaded.next()?);
    let (rows, _) = store::page(&rows, SHOWN)?;
    let timer: Option<TimerRow> = timer.first()?;
    let is_here = |timer: &&TimerRow| timer.ticket_id == loaded.row.id;
    let view = TicketTime {
        number: ctx.tenant.ticket_reference(loaded.row.number),
        title: loaded.row.title.clone(),
        may_write: loaded.may(ctx, Permission::TicketUpdate),
        running: timer.as_ref().filter(is_here).map(|timer| timer.started_at.into()),
        elsewhere: timer.as_ref().filter(|timer| !is_here(timer)).map(|timer| ctx.tenant.ticket_reference(timer.number)),
        today: today(ctx).to_string(),
        form,
        sum: time::sum(sum.first()?.unwrap_or_default()),
        entries: rows.into_iter().map(|row| time::entry(ctx, row)).collect(),
    };
    render::agent_page(ctx, frame, status, "agent/ticket-time", "", &queues::read(&counts)?, view)
}
