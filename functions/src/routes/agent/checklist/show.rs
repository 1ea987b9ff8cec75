//! GET /agent/tickets/{number}/checklist: what is to be done on a ticket.

use shared::access::Permission;
use shared::checklist::Checklist as List;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::{checklists as store, queues};
use shared::ticket::Reference;

use crate::actions::tickets::{load, reference};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Form;
use crate::pages::view::checklist::{Checklist, Item, Typed};

/// Shows it. The ticket's page takes its part out of this one when its panel is opened.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    page(ctx, &frame, 200, &reference, Form::default()).await
}

/// What a refused form says of the words of one item. What it says of an item that is gone may become a new one.
fn typed(form: &mut Form, list: &List) -> Option<(u32, Typed)> {
    form.values.get("do").filter(|what| *what == "edit")?;
    let item = form.values.remove("item")?.parse().ok().filter(|id| list.items.iter().any(|item| item.id == *id))?;
    let form = std::mem::take(form);
    let error = form.errors.into_values().collect::<Vec<_>>().join(" ");
    Some((item, Typed { text: form.values.get("text").cloned().unwrap_or_default(), error }))
}

/// The page, with what was typed into a form that was refused.
pub async fn page(ctx: &Ctx<'_>, frame: &Frame, status: u16, ticket: &Reference, mut form: Form) -> Result<Response, ApiError> {
    let beside = vec![queues::counts(&ctx.person()?.id), store::of_ticket(ticket), store::people(ticket)];
    let mut loaded = load(ctx, ticket, beside).await?;
    let counts = loaded.next()?;
    let list = store::read(&loaded.next()?)?;
    let names = store::names(&loaded.next()?)?;
    let typed = typed(&mut form, &list);
    let end = list.items.len().saturating_sub(1);
    let view = Checklist {
        number: ctx.tenant.ticket_reference(loaded.row.number),
        title: loaded.row.title.clone(),
        may_change: loaded.row.merged_into_id.is_none() && loaded.may(ctx, Permission::TicketUpdate),
        done: i64::try_from(list.done()).unwrap_or(0),
        total: i64::try_from(list.items.len()).unwrap_or(0),
        version: list.version,
        items: list
            .items
            .into_iter()
            .enumerate()
            .map(|(place, item)| Item {
                id: i64::from(item.id),
                done: item.is_done(),
                who: item.done_by.as_ref().and_then(|id| names.get(id)).cloned(),
                at: item.done_at.map(Into::into),
                text: item.text,
                can_rise: place > 0,
                can_sink: place < end,
                above: i64::try_from(place).unwrap_or(0) - 1,
                below: i64::try_from(place).unwrap_or(0) + 1,
                typed: typed.as_ref().filter(|(id, _)| *id == item.id).map(|(_, typed)| typed.clone()),
            })
            .collect(),
        form,
    };
    render::agent_page(ctx, frame, status, "agent/checklist", "", &queues::read(&counts)?, view)
}
