//! GET /agent/tickets/{number}: a ticket as the desk works on it.

use shared::access::{Permission, Role};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::comments::Before;
use shared::store::ticket_side::{self as side, DepartmentRow, NameRow, RecentRow};
use shared::store::tickets::{self as store, CategoryRow};
use shared::store::{agents, links, queues};
use shared::ticket::status;
use shared::ticket::{Party, Reference, TicketRow, TicketView};

use crate::actions::relations::{LinkView, link_views};
use crate::actions::sla::clocks;
use crate::actions::tickets::conversation::open;
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::{clock, conversation, facts};
use crate::pages::view::ticket::{AgentTicket, Link, May, RatingBox, RecentTicket};
use crate::pages::view::{Choice, Form, Person};
use crate::routes::portal::new::modules;

/// Changes listed in the side panel.
const HISTORY_SHOWN: usize = 20;

/// Shows the ticket.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    let before = conversation::before(&request)?;
    Box::pin(show(ctx, &frame, 200, &reference, before.as_ref(), Form::default(), Form::default())).await
}

/// The ticket's page with the latest of its conversation, and with what was typed into a form that was refused.
pub async fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    http_status: u16,
    reference: &Reference,
    composer: Form,
    fields: Form,
) -> Result<Response, ApiError> {
    Box::pin(show(ctx, frame, http_status, reference, None, composer, fields)).await
}

async fn show(
    ctx: &Ctx<'_>,
    frame: &Frame,
    http_status: u16,
    reference: &Reference,
    before: Option<&Before>,
    composer: Form,
    fields: Form,
) -> Result<Response, ApiError> {
    let beside = vec![
        queues::counts(&ctx.person()?.id),
        agents::assignable(),
        store::categories(),
        side::departments(),
        side::recent(reference),
        links::of_ticket(reference),
        side::calendar_name(reference),
    ];
    let opened = open(ctx, reference, before, beside).await?;
    let [counts, assignable, categories, departments, recent, links, calendar_name] = opened.beside.as_slice() else {
        return Err(ApiError::internal("the ticket's side answered otherwise than it was asked"));
    };
    let (row, view) = (&opened.row, &opened.view);
    let calendar_name = calendar_name.first::<NameRow>()?;
    // What a refused form chose stays chosen; otherwise what the ticket has is.
    let chosen = |field: &str, stands: Option<&str>| match fields.values.get(field) {
        Some(typed) => Some(typed.clone()),
        None => stands.map(str::to_owned),
    };
    let assignee = chosen("assignee", row.assignee_id.as_ref().map(shared::id::UserId::as_str));
    let department = chosen("department", row.department_id.as_ref().map(shared::id::DepartmentId::as_str));
    let category = chosen("category", row.category.as_deref());
    let module = chosen("erp_module", row.erp_module.as_deref());
    let calendar = clocks::calendar_of(ctx.tenant, row);
    let address = format!("/agent/tickets/{}", view.number);
    let page = AgentTicket {
        ticket: facts::facts(ctx, row, view),
        opening: conversation::opening(ctx, view),
        entries: conversation::entries(ctx, view),
        older: conversation::older(&address, &opened),
        newest: before.map(|_| address),
        composer,
        fields,
        sla: row.clocks.as_ref().map(|clocks| {
            let policy = row.sla_policy_name.clone().unwrap_or_default();
            clock::panel(clocks, policy, calendar_name.map(|row| row.name).unwrap_or_default(), ctx.now, &calendar)
        }),
        transitions: status::table(row.status, Party::Staff).iter().map(|status| status.as_str().to_owned()).collect(),
        agents: agents::read(assignable)?
            .into_iter()
            .map(|agent| Choice::new(agent.id.as_str(), agent.name, assignee.as_deref()))
            .collect(),
        departments: departments
            .all::<DepartmentRow>()?
            .into_iter()
            .map(|each| Choice::new(each.id.as_str(), each.name, department.as_deref()))
            .collect(),
        categories: categories
            .all::<CategoryRow>()?
            .into_iter()
            .map(|slot| Choice::new(slot.slug, slot.name, category.as_deref()))
            .collect(),
        modules: modules(ctx, module.as_deref()),
        followers: followers(view),
        links: linked(ctx, links)?,
        attachments: view.attachments.iter().flatten().map(|file| conversation::attachment(ctx, file)).collect(),
        recent: recent
            .all::<RecentRow>()?
            .into_iter()
            .map(|other| RecentTicket {
                number: ctx.tenant.ticket_reference(other.number),
                title: other.title,
                status: other.status.as_str().to_owned(),
            })
            .collect(),
        history: conversation::history(&opened.changes, HISTORY_SHOWN),
        may: may(ctx, row),
        back: "/agent/tickets?queue=mine".to_owned(),
        rating: view.rating.as_ref().map(|rating| RatingBox {
            score: Some(i64::from(rating.score)),
            comment: rating.comment.clone(),
            editable: false,
            until: None,
        }),
    };
    render::agent_page(ctx, frame, http_status, "agent/ticket", "", &queues::read(counts)?, page)
}

fn linked(ctx: &Ctx<'_>, rows: &shared::database::Rows) -> Result<Vec<Link>, ApiError> {
    let link = |view: LinkView| Link {
        id: view.id,
        kind: view.kind,
        number: view.ticket.number,
        title: view.ticket.title,
        status: view.ticket.status.as_str().to_owned(),
    };
    Ok(link_views(ctx, rows)?.into_iter().map(link).collect())
}

fn followers(view: &TicketView) -> Vec<Person> {
    view.followers
        .iter()
        .map(|follower| {
            let name = follower.name.clone().unwrap_or_else(|| follower.email.clone());
            Person::new(follower.id.clone().unwrap_or_default(), name).email(&follower.email)
        })
        .collect()
}

/// What the reader may do: rights, and whether the ticket is in a state for it.
fn may(ctx: &Ctx<'_>, row: &TicketRow) -> May {
    let has = |permission| ctx.actor.may(permission);
    let alive = row.deleted_at.is_none() && row.merged_into_id.is_none();
    let works = ctx.actor.person().is_some_and(|person| person.role != Role::Analyst);
    May {
        reply: alive && works && has(Permission::TicketReply),
        note: alive && works && has(Permission::TicketReply),
        edit: alive && has(Permission::TicketUpdate),
        merge: alive && has(Permission::TicketMerge),
        escalate: alive && has(Permission::TicketAssign),
        delete: has(Permission::TicketDelete),
    }
}
