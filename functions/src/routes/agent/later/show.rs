//! GET /agent/tickets/{number}/later: until when a ticket is put off, and the reader's reminders of it.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::ReminderId;
use shared::store::queues;
use shared::store::reminders::{self, ReminderRow};
use shared::ticket::Reference;

use crate::actions::sla::clocks::calendar_of;
use crate::actions::snoozes::Until;
use crate::actions::tickets::{load, reference};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::own_time;
use crate::pages::view::Form;
use crate::pages::view::own_time::Later;

/// Shows it. The ticket's page takes its part out of this one when its panel is opened.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    page(ctx, &frame, 200, &reference, Forms::default()).await
}

/// What was typed and refused.
#[derive(Default)]
pub struct Forms {
    /// Into the form that puts the ticket off.
    pub snooze: Form,
    /// Into that of a reminder.
    pub reminder: Form,
    /// Into that of another moment, and of which reminder.
    pub again: Option<(ReminderId, Form)>,
}

/// The page, with what was typed into a form that was refused.
pub async fn page(ctx: &Ctx<'_>, frame: &Frame, status: u16, ticket: &Reference, forms: Forms) -> Result<Response, ApiError> {
    let me = &ctx.person()?.id;
    let mine = reminders::of_ticket(me, &ctx.actor.ticket_scope(), ticket.values());
    let mut loaded = load(ctx, ticket, vec![queues::counts(me), mine]).await?;
    let (counts, rows) = (loaded.next()?, loaded.next()?.all::<ReminderRow>()?);
    let row = &loaded.row;
    let presets = own_time::presets(ctx, &calendar_of(ctx.tenant, row));
    let until = Until::of(row);
    let number = ctx.tenant.ticket_reference(row.number);
    let mut reminders: Vec<_> = rows.into_iter().map(|row| own_time::reminder(ctx, row, &presets, &number)).collect();
    let view = Later {
        title: row.title.clone(),
        may_snooze: row.assignee_id.as_ref() == Some(me)
            && row.status.is_open()
            && row.merged_into_id.is_none()
            && loaded.may(ctx, Permission::TicketUpdate),
        snoozed: until.is_some(),
        until: until.and_then(Until::moment).map(Into::into),
        snooze: forms.snooze,
        form: own_time::put_back(forms.again, &mut reminders, forms.reminder),
        reminders,
        presets,
        number,
    };
    render::agent_page(ctx, frame, status, "agent/later", "", &queues::read(&counts)?, view)
}
