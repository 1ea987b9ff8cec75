//! A second matter that was raised on a ticket gets a ticket of its own.

use serde_json::json;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::{CommentId, LinkId};
use shared::live;
use shared::platform::Wake;
use shared::store::merges::{self as store, ChosenRow};
use shared::store::search::{self, TextRow};
use shared::store::tickets;
use shared::ticket::{Body, Reference, TicketRow, Title, Visibility};

use super::merge::{line, line_about};
use crate::actions::audit;
use crate::actions::sla::clocks;
use crate::actions::stale;
use crate::actions::tickets::{Created, Landing, NewTicket, Requester, create_on, load};
use crate::context::Ctx;

/// Opens a ticket of the same requester with some comments of this one. The oldest public one among them is its description: it
/// stays where it was said, too, but its files go along; the other comments move.
pub async fn split(ctx: &Ctx<'_>, reference: &Reference, title: &Title, chosen: &[CommentId]) -> Result<Created, ApiError> {
    stale::again(stale::TRIES_MAX, async || attempt(ctx, reference, title, chosen).await).await
}

async fn attempt(ctx: &Ctx<'_>, reference: &Reference, title: &Title, chosen: &[CommentId]) -> Result<Created, ApiError> {
    let mut more =
        vec![store::chosen(reference, chosen), search::texts(reference), store::requester(reference), tickets::categories()];
    more.extend(clocks::statements());
    let mut loaded = load(ctx, reference, more).await?;
    if loaded.row.merged_into_id.is_some() {
        return Err(ApiError::conflict("merged"));
    }
    let comments: Vec<ChosenRow> = loaded.next()?.all()?;
    let texts: Vec<TextRow> = loaded.next()?.all()?;
    let basis: Vec<Rows> = loaded.more.by_ref().collect();
    if comments.len() != chosen.len() {
        return Err(ApiError::field("comments", "unknown_value"));
    }
    let first = comments.iter().find(|comment| comment.visibility == Visibility::Public);
    let first = first.ok_or_else(|| ApiError::field("comments", "needs_public"))?;
    let moving: Vec<&ChosenRow> = comments.iter().filter(|comment| comment.id != first.id).collect();
    let old = loaded.row;
    let remaining: Vec<&TextRow> = texts.iter().filter(|text| !moving.iter().any(|comment| comment.id == text.id)).collect();
    let also = |landing: Landing<'_>| {
        let mut rows = statements(ctx, &old, landing, first, &moving);
        rows.push(search::replace_texts(&old.id, &old.description, remaining.iter().copied()));
        rows
    };
    let description = Body::parse("comments", &first.body).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let mut new = NewTicket::new(ctx.ids(), title.clone(), description, Requester::User(old.requester_id.clone()), old.channel);
    new.priority = Some(old.priority);
    new.erp_module = old.erp_module.clone().filter(|module| ctx.tenant.settings().erp_modules.contains(module));
    new.from_unverified = old.from_unverified;
    // The requester has had a confirmation of these words already.
    new.quiet = true;
    new.also = Some(&also);
    let mut created = create_on(ctx, new, basis).await?;
    let public = moving.iter().filter(|comment| comment.visibility == Visibility::Public).count();
    created.row.comment_count = u32::try_from(public).unwrap_or(u32::MAX);
    let changed = live::Event::TicketChanged { ticket: old.id.clone(), version: old.version + 1 };
    ctx.wake(Wake::Hub {
        tenant: ctx.tenant.id().clone(),
        message: live::HubMessage::staff_and(vec![old.requester_id.clone()], changed).to_json(),
    });
    Ok(created)
}

fn statements(
    ctx: &Ctx<'_>,
    old: &TicketRow,
    landing: Landing<'_>,
    first: &ChosenRow,
    moving: &[&ChosenRow],
) -> Vec<TenantStatement> {
    let new = landing.ticket;
    let ids: Vec<CommentId> = moving.iter().map(|comment| comment.id.clone()).collect();
    let mut rows = vec![tickets::guard_version(&old.id, old.version), store::files_to_description(&old.id, &first.id, new)];
    rows.extend(store::move_comments(&old.id, new, &ids));
    rows.extend([store::recount(&old.id), store::recount(new), store::bump(&old.id, ctx.now)]);
    rows.extend(moving.iter().map(|comment| search::append_text(new, &comment.body, comment.visibility == Visibility::Internal)));
    rows.push(tickets::insert_link(&ctx.ids().next::<LinkId>(), new, &old.id, "split_from", ctx.now));
    rows.push(line(ctx, new, "split_from", Some(ctx.tenant.ticket_reference(old.number)), None));
    rows.push(line_about(ctx, &old.id, "split", new));
    rows.push(audit::line(ctx, "ticket.split", old.id.as_str(), json!({ "new": new, "comments": ids, "description": first.id })));
    rows
}
