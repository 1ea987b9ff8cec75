//! A ticket as a row of a list.

use shared::ticket::TicketRow;

use super::clock;
use crate::actions::snoozes::Until;
use crate::actions::ticket_list::TicketPage;
use crate::context::Ctx;
use crate::pages::view::Person;
use crate::pages::view::tickets::Row;

/// Tags that a row has room for.
const TAGS_SHOWN: usize = 5;

/// The rows of a page. Clients get neither escalation nor the clocks' inside.
pub fn rows(ctx: &Ctx<'_>, page: &TicketPage) -> Vec<Row> {
    page.rows.iter().map(|ticket| row(ctx, page, ticket)).collect()
}

fn row(ctx: &Ctx<'_>, page: &TicketPage, ticket: &TicketRow) -> Row {
    let me = ctx.actor.person().map(|person| &person.id);
    let is_mine = ticket.assignee_id.is_some() && ticket.assignee_id.as_ref() == me;
    // Who asks for no looks has no news: `seen_at` is of the desk's lists.
    let unread = match ticket.seen_at {
        Some(seen) => ticket.updated_at.timestamp_millis() > seen,
        None => is_mine && ticket.status.is_open(),
    };
    let staff = ctx.actor.may_on(shared::access::Permission::TicketReadInternal, &ticket.facts(&[]));
    Row {
        id: ticket.id.to_string(),
        number: ctx.tenant.ticket_reference(ticket.number),
        title: ticket.title.clone(),
        status: ticket.status.as_str().to_owned(),
        priority: ticket.priority.as_str().to_owned(),
        channel: ticket.channel.as_str().to_owned(),
        category: ticket.category_name.clone().or_else(|| ticket.category.clone()),
        tags: if staff { ticket.tags.iter().take(TAGS_SHOWN).cloned().collect() } else { Vec::new() },
        requester: Person::new(ticket.requester_id.as_str(), &ticket.requester_name).email(&ticket.requester_email),
        organization: ticket.organization_name.clone(),
        assignee: ticket
            .assignee_id
            .as_ref()
            .map(|id| Person::new(id.as_str(), ticket.assignee_name.clone().unwrap_or_default()).staff(true)),
        sla: ticket.clocks.as_ref().and_then(|clocks| clock::of_row(clocks, ctx.now, page.calendar(ticket))),
        escalation: if staff { i64::from(ticket.escalation_level) } else { 0 },
        unanswered: ticket.clocks.as_ref().is_some_and(|clocks| clocks.clock(shared::sla::ClockKind::NextResponse).is_active())
            || ticket.first_response_at.is_none() && ticket.status.is_open(),
        unread,
        woken: is_mine && ticket.woken_at.is_some_and(|woken| ticket.seen_at.is_none_or(|seen| seen < woken)),
        snoozed: is_mine && ticket.snoozed_until.is_some(),
        until: Until::of(ticket).filter(|_| is_mine).and_then(Until::moment).map(Into::into),
        marks: [(unread, "unread"), (is_mine, "mine")]
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, name)| name)
            .collect::<Vec<_>>()
            .join(" "),
        heading: None,
        updated: ticket.updated_at.into(),
        created: ticket.created_at.into(),
        version: ticket.version,
    }
}
