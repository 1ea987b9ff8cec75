//! GET /tickets/{number}: the ticket as its requester sees it.

use shared::database::Rows;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;
use shared::store::colleagues::{self, ColleagueRow};
use shared::store::comments::Before;
use shared::store::push_notices;
use shared::ticket::Reference;
use shared::ticket::status::{self, Circumstances};
use shared::ticket::{Party, Priority, Status, TicketRow};

use crate::actions::ratings;
use crate::actions::sla::clocks;
use crate::actions::tickets::conversation::{Opened, open};
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::{clock, conversation, facts};
use crate::pages::view::ticket::{Audience, ClientTicket, RatingBox};
use crate::pages::view::{Choice, Form, Person};

/// Shows the ticket.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    let before = conversation::before(&request)?;
    show(ctx, &frame, 200, &reference, before.as_ref(), Forms::default()).await
}

/// What was typed into the forms of the page, if one was refused.
#[derive(Default)]
struct Forms {
    reply: Form,
    audience: Form,
}

/// The ticket's page with the latest of its conversation, and with what was typed into the reply form if that was refused.
pub async fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    http_status: u16,
    reference: &Reference,
    reply: Form,
) -> Result<Response, ApiError> {
    show(ctx, frame, http_status, reference, None, Forms { reply, ..Forms::default() }).await
}

/// The same with what was typed into the form that adds a colleague.
pub async fn page_refusing(
    ctx: &Ctx<'_>,
    frame: &Frame,
    http_status: u16,
    reference: &Reference,
    audience: Form,
) -> Result<Response, ApiError> {
    show(ctx, frame, http_status, reference, None, Forms { audience, ..Forms::default() }).await
}

async fn show(
    ctx: &Ctx<'_>,
    frame: &Frame,
    http_status: u16,
    reference: &Reference,
    before: Option<&Before>,
    forms: Forms,
) -> Result<Response, ApiError> {
    let mut beside = vec![ratings::facts(reference)];
    let organization = ctx
        .actor
        .person()
        .filter(|person| !person.role.is_staff())
        .and_then(|person| Some((person.organization.as_ref()?, &person.id)));
    beside.extend(organization.map(|(organization, person)| colleagues::colleagues(organization, person)));
    let mut opened = open(ctx, reference, before, beside).await?;
    let facts_of_rating = opened.next()?;
    let colleagues: Vec<ColleagueRow> = if organization.is_some() { opened.next()?.all()? } else { Vec::new() };
    let (row, view) = (&opened.row, &opened.view);
    let circumstances = Circumstances {
        critical: row.priority == Priority::Critical,
        rated: row.is_rated(),
        window_open: status::window_open(row.ended_at(), ctx.now, ctx.tenant.settings().reopen_window_days),
    };
    let allowed = |to: Status| row.status != to && status::change(row.status, to, Party::Client, circumstances).is_ok();
    let ended = !row.status.is_open();
    let alive = row.merged_into_id.is_none();
    let is_requester = ctx.actor.person().is_some_and(|person| person.id == row.requester_id);
    let needs_rating =
        status::change(row.status, Status::Closed, Party::Client, circumstances) == Err(status::Refusal::RatingRequired);
    let calendar = clocks::calendar_of(ctx.tenant, row);
    let address = format!("/tickets/{}", view.number);
    let page = ClientTicket {
        ticket: facts::facts(ctx, row, view),
        opening: conversation::opening(ctx, &opened),
        entries: conversation::entries(ctx, &opened),
        older: conversation::older(&address, &opened),
        newest: before.map(|_| address),
        sla: row.clocks.as_ref().and_then(|clocks| clock::of_row(clocks, ctx.now, &calendar)),
        audience: audience(ctx, &opened, colleagues, forms.audience),
        reply: forms.reply,
        may_reply: alive && (!ended || circumstances.window_open),
        reply_reopens: ended,
        may_close: alive && is_requester && (allowed(Status::Closed) || needs_rating),
        close_needs_rating: needs_rating,
        may_reopen: alive && is_requester && ended && allowed(Status::InProgress),
        rating: rating_box(ctx, row, &facts_of_rating)?,
    };
    if let Some(person) = ctx.actor.person() {
        ctx.after.write(ctx.db.bound(push_notices::read(&person.id, &row.id)));
    }
    render::page(ctx, frame, http_status, "portal/ticket", page)
}

/// Who follows the ticket, as far as clients hear of it: colleagues, never somebody of the desk or an address in copy.
fn audience(ctx: &Ctx<'_>, opened: &Opened, colleagues: Vec<ColleagueRow>, form: Form) -> Audience {
    let row = &opened.row;
    let asker = ctx.actor.person();
    let is_requester = asker.is_some_and(|person| person.id == row.requester_id);
    let follows = |id: &UserId| opened.followers.iter().any(|one| one.kind == "follower" && one.user_id.as_ref() == Some(id));
    let is_ours =
        is_requester || row.organization_id.is_some() && asker.is_some_and(|person| person.organization == row.organization_id);
    let may_add = is_ours && row.merged_into_id.is_none() && opened.may_reply(ctx);
    let (people, others): (Vec<_>, Vec<_>) =
        colleagues.into_iter().filter(|one| one.id != row.requester_id).partition(|one| follows(&one.id));
    Audience {
        followed: asker.is_some_and(|person| follows(&person.id)),
        may_follow: !is_requester && opened.may_reply(ctx),
        people: people.into_iter().map(|one| Person::new(one.id.as_str(), one.name)).collect(),
        candidates: others.into_iter().map(|one| Choice::new(one.email, one.name, None)).collect(),
        may_add,
        may_remove: may_add && is_requester,
        form,
    }
}

/// The rating form or what was given: only for the requester, from resolution on.
fn rating_box(ctx: &Ctx<'_>, row: &TicketRow, facts: &Rows) -> Result<Option<RatingBox>, ApiError> {
    let is_requester = ctx.actor.person().is_some_and(|person| person.id == row.requester_id);
    if row.status.is_open() || row.merged_into_id.is_some() || !is_requester {
        return Ok(None);
    }
    let given = ratings::given(facts)?;
    Ok(Some(RatingBox {
        score: given.as_ref().map(|rating| rating.score),
        comment: given.as_ref().map(|rating| rating.comment.clone()).unwrap_or_default(),
        editable: given.as_ref().is_none_or(|rating| rating.editable_until > ctx.now),
        until: given.map(|rating| rating.editable_until.into()),
    }))
}
