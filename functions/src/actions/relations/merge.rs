//! Two tickets become one, and two again.
//!
//! The child's comments and files move to the parent, its description becomes a comment there, and whoever heard of the child
//! follows the parent. The child is closed and stays as it was otherwise; what moved is written down, so that the merge can be
//! undone. Mails to the child, and answers on it, go on to the parent. Search finds words where they stand.

use chrono::DateTime;
use serde_json::json;
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::id::{CommentId, LinkId, TicketId};
use shared::sla::Event;
use shared::store::merges::{self as store, MergeRow, Moved};
use shared::store::search::{self, TextRow};
use shared::store::{comments, history, links, tickets};
use shared::ticket::{FollowerRow, Reference, Status, TicketRow, Visibility};

use crate::actions::attachments::tell;
use crate::actions::sla::clocks::{self, Promises};
use crate::actions::stale;
use crate::actions::tickets::{Author, Loaded, Work, load};
use crate::context::Ctx;

/// Merges a ticket into another. Answers the other as it is now, and who hears of it. Refused for a ticket and itself, for
/// one that is merged already, and for one that others are merged into: so there are no circles and no chains.
pub async fn merge(ctx: &Ctx<'_>, child: &Reference, into: &Reference) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    stale::again(stale::TRIES_MAX, async || attempt(ctx, child, into).await).await
}

async fn attempt(ctx: &Ctx<'_>, child: &Reference, into: &Reference) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    let mut loaded = load(ctx, child, vec![tickets::find(into), tickets::followers(into)]).await?;
    let parent = tickets::ticket(&loaded.next()?)?.filter(|row| row.deleted_at.is_none());
    let mut parent = parent.ok_or_else(|| ApiError::field("into", "unknown_value"))?;
    let mut followers = tickets::follower_rows(&loaded.next()?)?;
    if parent.id == loaded.row.id {
        return Err(ApiError::field("into", "itself"));
    }
    if loaded.row.merged_into_id.is_some() {
        return Err(ApiError::conflict("merged"));
    }
    if parent.merged_into_id.is_some() {
        return Err(ApiError::conflict("merge_into_merged"));
    }
    let (before, new_followers) = before(ctx, &loaded, &parent, &followers);
    let mut work = Work::begin(ctx, loaded, Author::of(&ctx.actor));
    close(&mut work, &parent);
    let (description, link) = (before.description.clone(), before.link.clone());
    let child = work.row.id.clone();
    let number = ctx.tenant.ticket_reference(work.row.number);
    work.also(tickets::guard_version(&parent.id, parent.version));
    for statement in store::merge(&child, &parent.id, &before, ctx.now) {
        work.also(statement);
    }
    work.also(tickets::forget_reminder(&child));
    work.also(show_description(&work.row, &parent.id, &description));
    work.also(search::absorb(&parent.id, &child));
    work.also(search::replace_texts(&child, &work.row.description, []));
    for follower in &new_followers {
        work.also(tickets::insert_follower(&parent.id, &follower.email, &follower.kind, ctx.now));
    }
    work.also(tickets::insert_link(&link, &child, &parent.id, "duplicate_of", ctx.now));
    for statement in after(ctx, &child, &parent.id) {
        work.also(statement);
    }
    work.also(line(ctx, &parent.id, "merged_from", None, Some(number)));
    work.refuses("limit", "merge_has_children");
    work.save("ticket.merged", None).await?;
    parent.comment_count += before.comment_count + 1;
    parent.version += 1;
    parent.updated_at = ctx.now;
    followers.extend(new_followers);
    tell(ctx, &parent, &followers, Visibility::Public);
    Ok((parent, followers))
}

/// What the merge will have to give back, and who follows the parent from now on.
fn before(ctx: &Ctx<'_>, child: &Loaded, parent: &TicketRow, present: &[FollowerRow]) -> (Moved, Vec<FollowerRow>) {
    let requester = FollowerRow {
        email: child.row.requester_email.clone(),
        user_id: Some(child.row.requester_id.clone()),
        name: Some(child.row.requester_name.clone()),
        locale: child.row.requester_locale,
        blocked_at: child.row.requester_blocked_at,
        kind: "follower".to_owned(),
    };
    let mut new: Vec<FollowerRow> = Vec::new();
    for follower in std::iter::once(requester).chain(child.followers.iter().cloned()) {
        let known =
            follower.email == parent.requester_email || present.iter().chain(&new).any(|other| other.email == follower.email);
        if !known {
            new.push(follower);
        }
    }
    let moved = Moved {
        comments: Vec::new(),
        attachments: Vec::new(),
        description: ctx.ids().next::<CommentId>(),
        link: ctx.ids().next::<LinkId>(),
        followers: new.iter().map(|follower| follower.email.clone()).collect(),
        status: child.row.status,
        closed_at: child.row.closed_at.map(|at| at.timestamp_millis()),
        remind_at: None,
        comment_count: child.row.comment_count,
    };
    (moved, new)
}

/// Closes the child. Not by the table of transitions: nothing was solved, nobody is asked to rate.
fn close(work: &mut Work<'_, '_>, parent: &TicketRow) {
    let number = work.ctx.tenant.ticket_reference(parent.number);
    work.changed("merged", Visibility::Public, None, Some(number));
    work.clocks(Event::Merged);
    if work.row.status != Status::Closed {
        let from = work.row.status.as_str().to_owned();
        work.changed("status", Visibility::Public, Some(from), Some(Status::Closed.as_str().to_owned()));
        work.row.status = Status::Closed;
    }
    work.row.closed_at = Some(work.ctx.now);
    work.row.comment_count = 0;
    work.row.merged_into_id = Some(parent.id.clone());
    work.row.merged_into_number = Some(parent.number);
}

/// The child's description as a comment on the parent, from the time when it was written.
fn show_description(child: &TicketRow, parent: &TicketId, id: &CommentId) -> TenantStatement {
    comments::insert(&comments::NewComment {
        id,
        ticket: parent,
        author: Some(&child.requester_id),
        author_is_staff: false,
        visibility: Visibility::Public,
        channel: child.channel,
        body: &child.description,
        quoted: None,
        inbound_mail: None,
        created_at: child.created_at,
    })
}

/// Undoes a merge: what came from the child and is still on the parent goes back, and the child is again as it was. What was
/// said since then stays on the parent.
pub async fn unmerge(ctx: &Ctx<'_>, child: &Reference) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    stale::again(stale::TRIES_MAX, async || attempt_to_undo(ctx, child).await).await
}

async fn attempt_to_undo(ctx: &Ctx<'_>, child: &Reference) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    let mut more = vec![store::find(child), search::texts_of_parent(child)];
    more.extend(clocks::statements());
    let mut loaded = load(ctx, child, more).await?;
    let merge: MergeRow = loaded.next()?.first()?.ok_or_else(|| ApiError::conflict("not_merged"))?;
    let texts: Vec<TextRow> = loaded.next()?.all()?;
    let promises = Promises::read(ctx.tenant, &loaded.next()?, &loaded.next()?)?;
    let mut work = Work::begin(ctx, loaded, Author::of(&ctx.actor));
    let child = work.row.id.clone();
    let parent_number = ctx.tenant.ticket_reference(merge.parent_number);
    work.changed("unmerged", Visibility::Public, Some(parent_number), None);
    let moved = &merge.moved;
    if work.row.status != moved.status {
        let from = work.row.status.as_str().to_owned();
        work.changed("status", Visibility::Public, Some(from), Some(moved.status.as_str().to_owned()));
    }
    work.row.status = moved.status;
    work.row.closed_at = moved.closed_at.and_then(DateTime::from_timestamp_millis);
    wind_up_again(&mut work, &promises)?;
    if let Some(remind_at) = moved.remind_at {
        let restore = tickets::restore_reminder(&child, work.row.resolution_cycle, remind_at);
        work.also(restore);
    }
    work.row.comment_count = moved.comment_count;
    work.row.merged_into_id = None;
    work.row.merged_into_number = None;
    // The texts were read with this version: a comment that came since is to be indexed, too.
    work.also(tickets::guard_version(&merge.parent_id, merge.parent_version));
    for statement in store::unmerge(&child, &merge) {
        work.also(statement);
    }
    let goes = |text: &&TextRow| moved.comments.iter().any(|id| id == text.id.as_str());
    let stays = |text: &&TextRow| !goes(text) && text.id != moved.description;
    work.also(search::replace_texts(&child, &work.row.description, texts.iter().filter(goes)));
    work.also(search::replace_texts(&merge.parent_id, &merge.parent_description, texts.iter().filter(stays)));
    work.also(links::forget(&moved.link));
    work.also(links::delete_followers(&merge.parent_id, &moved.followers));
    for statement in after(ctx, &child, &merge.parent_id) {
        work.also(statement);
    }
    let number = ctx.tenant.ticket_reference(work.row.number);
    work.also(line(ctx, &merge.parent_id, "unmerged_from", Some(number), None));
    work.audited("parent", json!(merge.parent_id));
    let followers = work.followers.clone();
    work.refuses("conflict", "not_merged");
    let row = work.save("ticket.unmerged", None).await?;
    Ok((row, followers))
}

/// The clocks that the merge stopped go on, by what is promised today: policies and calendars pass by what is merged.
fn wind_up_again(work: &mut Work<'_, '_>, promises: &Promises) -> Result<(), ApiError> {
    work.clocks(Event::Unmerged);
    if work.row.status == Status::WaitingCustomer {
        work.clocks(Event::Paused);
    }
    if work.row.status.is_open() {
        let promise = promises.find(&clocks::facts(&work.row))?;
        work.promise(promise);
    }
    Ok(())
}

/// Both conversations have changed: they are counted anew, and the parent has another version.
fn after(ctx: &Ctx<'_>, child: &TicketId, parent: &TicketId) -> [TenantStatement; 3] {
    [store::recount(child), store::recount(parent), store::bump(parent, ctx.now)]
}

/// A line in the history of the other ticket.
pub(super) fn line(ctx: &Ctx<'_>, ticket: &TicketId, kind: &str, from: Option<String>, to: Option<String>) -> TenantStatement {
    history::append(internal(ctx, ticket, kind, &ctx.actor.reference(), from, to))
}

/// The same about a ticket that the batch has only just made: its number is known to the database alone.
pub(super) fn line_about(ctx: &Ctx<'_>, ticket: &TicketId, kind: &str, about: &TicketId) -> TenantStatement {
    let prefix = ctx.tenant.ticket_prefix();
    history::append_about(internal(ctx, ticket, kind, &ctx.actor.reference(), None, Some(prefix)), about)
}

fn internal<'a>(
    ctx: &Ctx<'_>,
    ticket: &'a TicketId,
    kind: &'a str,
    actor: &'a str,
    from: Option<String>,
    to: Option<String>,
) -> history::Line<'a> {
    history::Line { id: ctx.ids().next(), ticket, at: ctx.now, actor, kind, visibility: Visibility::Internal, from, to }
}
