//! GET /agent/tickets/{number}: a ticket as the desk works on it. `?forward=` opens its composer with that message to be forwarded.

use std::collections::BTreeMap;

use shared::access::{Permission, Role};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::comments::Before;
use shared::store::drafts::Draft;
use shared::store::links::{self, LinkRow};
use shared::store::own_place::{self, OwnPlace};
use shared::store::{pending as waiting, queues};
use shared::ticket::status;
use shared::ticket::{AttachmentView, FollowerRow, Party, Reference, TicketRow, TicketView, Visibility};

use crate::actions::relations::{LinkView, link_views};
use crate::actions::sla::clocks;
use crate::actions::snoozes::Until;
use crate::actions::tickets::conversation::{Opened, open};
use crate::actions::tickets::{looks, reference};
use crate::context::Ctx;
use crate::context::directory::{Directory, Wanted};
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::{choices, clock, conversation, facts, forward, pending};
use crate::pages::view::sla::Panel;
use crate::pages::view::ticket::{AgentTicket, Forward, Link, May, RatingBox, RecentTicket};
use crate::pages::view::{Attachment, Form, Person};

/// Changes listed in the side panel.
const HISTORY_SHOWN: usize = 20;

/// Says `prefetch` where the page is asked for ahead and may never be shown: nobody has looked at the ticket then. When it is shown,
/// `POST .../seen` says so.
const PURPOSE: &str = "x-purpose";

/// Shows the ticket.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    let wish = Wish {
        before: conversation::before(&request)?,
        ahead: request.headers.get(PURPOSE) == Some("prefetch"),
        composer: forward::asked(&request.query),
        ..Wish::default()
    };
    Box::pin(show(ctx, &frame, 200, &reference, wish)).await
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
    Box::pin(show(ctx, frame, http_status, reference, Wish { composer, fields, ..Wish::default() })).await
}

/// What of the ticket is asked for.
#[derive(Default)]
struct Wish {
    /// The part of the conversation before this place; the latest otherwise.
    before: Option<Before>,
    /// Whether it is asked for before anybody wants to see it.
    ahead: bool,
    /// What was typed into the forms that were refused.
    composer: Form,
    fields: Form,
}

async fn show(ctx: &Ctx<'_>, frame: &Frame, http_status: u16, reference: &Reference, wish: Wish) -> Result<Response, ApiError> {
    let wanted = Wanted::of(ctx);
    let person = &ctx.person()?.id;
    let mut asked = vec![
        queues::counts(person),
        links::with_recent(reference, &ctx.actor.ticket_scope()),
        waiting::of_ticket(reference),
        own_place::find(person, reference),
    ];
    asked.extend(wanted.statements());
    let mut opened = open(ctx, reference, wish.before.as_ref(), asked).await?;
    let counts = opened.next()?;
    let (links, recent) = links::beside(&opened.next()?)?;
    let messages = opened.next()?.all()?;
    let own = own_place::found(&opened.next()?)?;
    let directory = wanted.take(ctx, &mut opened.beside)?;
    if !wish.ahead {
        looks::at_page(ctx, person, &opened.row, own.seen_at, own.has_news);
    }
    let page = shown(ctx, &opened, Beside { links, recent, messages, own, directory: &directory }, wish);
    render::agent_page(ctx, frame, http_status, "agent/ticket", "", &queues::read(&counts)?, page)
}

/// What was read beside the ticket and its conversation.
struct Beside<'a> {
    links: Vec<LinkRow>,
    recent: Vec<LinkRow>,
    messages: Vec<waiting::Waiting>,
    own: OwnPlace,
    directory: &'a Directory,
}

fn shown(ctx: &Ctx<'_>, opened: &Opened, beside: Beside<'_>, Wish { before, composer, fields, .. }: Wish) -> AgentTicket {
    let (row, view) = (&opened.row, &opened.view);
    let OwnPlace { draft, undo_seconds, progress, .. } = beside.own;
    let choices = choices::for_ticket(ctx, beside.directory, row, &fields);
    let address = format!("/agent/tickets/{}", view.number);
    let may = may(ctx, row, &opened.followers);
    let composer = begun(composer, draft.as_ref(), &may);
    let comments = view.comments.as_deref().unwrap_or_default();
    let files = view.attachments.as_deref().unwrap_or_default();
    AgentTicket {
        forward: if may.reply { forward::forward(ctx, view, &composer) } else { Forward::default() },
        ticket: facts::facts(ctx, row, view),
        opening: forward::offered(&may, &address, conversation::opening(ctx, opened)),
        entries: conversation::entries(ctx, opened).into_iter().map(|entry| forward::offered(&may, &address, entry)).collect(),
        older: conversation::older(&address, opened),
        newest: before.map(|_| address),
        pending: pending::pending(ctx, beside.messages, comments, files),
        draft_files: draft.as_ref().map(|draft| files_of(ctx, draft, view)).unwrap_or_default(),
        draft_revision: draft.as_ref().map_or(0, |draft| draft.revision),
        composer,
        hold: undo_seconds,
        seen: i64::from(row.comment_count),
        laters: pending::laters(ctx),
        fields,
        present: present(row),
        sla: promises(ctx, row, beside.directory),
        transitions: status::table(row.status, Party::Staff).iter().map(|status| status.as_str().to_owned()).collect(),
        agents: choices.agents,
        departments: choices.departments,
        categories: choices.categories,
        modules: choices.modules,
        followers: followers(view),
        links: linked(ctx, beside.links),
        attachments: files.iter().map(|file| conversation::attachment(ctx, file)).collect(),
        recent: beside.recent.into_iter().map(|other| recently(ctx, other)).collect(),
        history: conversation::history(ctx, &opened.changes, HISTORY_SHOWN),
        may,
        list_done: progress.done,
        list_total: progress.total,
        list_open: progress.total - progress.done,
        snoozed: row.snoozed_until.is_some(),
        until: Until::of(row).and_then(Until::moment).map(Into::into),
        back: "/agent/tickets?queue=mine".to_owned(),
        rating: rating(view),
    }
}

/// The clocks, with the policy and the calendar that they go by.
fn promises(ctx: &Ctx<'_>, row: &TicketRow, directory: &Directory) -> Option<Panel> {
    let clocks = row.clocks.as_ref()?;
    let policy = row.sla_policy_name.clone().unwrap_or_default();
    let name = row.sla_calendar_id.as_ref().and_then(|id| directory.calendar(id)).map(|(name, _)| name.to_owned());
    Some(clock::panel(clocks, policy, name.unwrap_or_default(), ctx.now, &clocks::calendar_of(ctx.tenant, row)))
}

fn recently(ctx: &Ctx<'_>, other: LinkRow) -> RecentTicket {
    RecentTicket {
        number: ctx.tenant.ticket_reference(other.number),
        title: other.title,
        status: other.status.as_str().to_owned(),
    }
}

fn rating(view: &TicketView) -> Option<RatingBox> {
    view.rating.as_ref().map(|rating| RatingBox {
        score: Some(i64::from(rating.score)),
        comment: rating.comment.clone(),
        editable: false,
        until: None,
    })
}

/// The files of a draft that are still there.
fn files_of(ctx: &Ctx<'_>, draft: &Draft, view: &TicketView) -> Vec<Attachment> {
    let is_its = |file: &&AttachmentView| draft.files.iter().any(|id| id.as_str() == file.id);
    view.attachments.iter().flatten().filter(is_its).map(|file| conversation::attachment(ctx, file)).collect()
}

/// The composer with what was typed and refused, otherwise with the draft; a note's draft is never offered as a reply.
fn begun(composer: Form, draft: Option<&Draft>, may: &May) -> Form {
    let fits = |draft: &&Draft| if draft.visibility == Visibility::Internal { may.note } else { may.reply };
    match draft.filter(fits) {
        Some(draft) if !composer.values.contains_key("body") => {
            if composer.values.contains_key("visibility") {
                // Whoever has just asked to forward a message goes on with the same text, unless it was a note: that was for the desk alone.
                let may_leave = draft.visibility == Visibility::Public || draft.forward.is_some();
                return if may_leave { composer.value("body", &draft.body) } else { composer };
            }
            let drafted = composer.value("body", &draft.body).value("visibility", draft.visibility.as_str());
            forward::taken_back(drafted, draft)
        }
        _ => composer,
    }
}

/// What the side panel's form shows, by its field names.
fn present(row: &TicketRow) -> BTreeMap<String, String> {
    let text = |id: Option<String>| id.unwrap_or_default();
    [
        ("title", row.title.clone()),
        ("status", row.status.as_str().to_owned()),
        ("priority", row.priority.as_str().to_owned()),
        ("assignee", text(row.assignee_id.as_ref().map(ToString::to_string))),
        ("department", text(row.department_id.as_ref().map(ToString::to_string))),
        ("category", text(row.category.clone())),
        ("erp_module", text(row.erp_module.clone())),
        ("tags", row.tags.join(", ")),
    ]
    .map(|(field, value)| (field.to_owned(), value))
    .into()
}

fn linked(ctx: &Ctx<'_>, rows: Vec<LinkRow>) -> Vec<Link> {
    let link = |view: LinkView| Link {
        id: view.id,
        kind: view.kind,
        number: view.ticket.number,
        title: view.ticket.title,
        status: view.ticket.status.as_str().to_owned(),
    };
    link_views(ctx, rows).into_iter().map(link).collect()
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
fn may(ctx: &Ctx<'_>, row: &TicketRow, followers: &[FollowerRow]) -> May {
    let facts = row.facts(followers);
    let has = |permission| ctx.actor.may_on(permission, &facts);
    let alive = row.deleted_at.is_none() && row.merged_into_id.is_none();
    let works = ctx.actor.person().is_some_and(|person| person.role != Role::Analyst);
    May {
        reply: alive && works && has(Permission::TicketReply),
        note: alive && works && has(Permission::TicketReply),
        edit: alive && has(Permission::TicketUpdate),
        merge: alive && has(Permission::TicketMerge),
        unmerge: row.deleted_at.is_none() && row.merged_into_id.is_some() && has(Permission::TicketMerge),
        escalate: alive && has(Permission::TicketAssign),
        delete: has(Permission::TicketDelete),
    }
}
