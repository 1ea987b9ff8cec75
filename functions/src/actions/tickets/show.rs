//! One ticket, as much of it as is asked for and as the actor may see.

use shared::access::Permission;
use shared::error::ApiError;
use shared::limits::COMMENTS_PER_PAGE;
use shared::store::comments::{self, Before};
use shared::store::{history, tickets as store};
use shared::ticket::{
    AttachmentRow, AttachmentView, CommentRow, CommentView, FollowerRow, HistoryRow, HistoryView, Reference, TicketRow,
    TicketView,
};

use super::load::load_any;
use crate::actions::sla::clocks;
use crate::context::Ctx;

/// What to answer beside the ticket itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Include {
    /// The latest comments.
    pub comments: bool,
    /// The latest lines of the history.
    pub history: bool,
    /// The files.
    pub attachments: bool,
}

impl Include {
    /// Reads `comments,history`.
    pub fn parse(text: &str) -> Result<Self, ApiError> {
        let mut include = Self::default();
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            match word {
                "comments" => include.comments = true,
                "history" => include.history = true,
                "attachments" => include.attachments = true,
                _ => return Err(ApiError::field("include", "unknown_value")),
            }
        }
        Ok(include)
    }
}

/// A ticket with what was asked for.
pub struct Shown {
    /// The ticket's row.
    pub row: TicketRow,
    /// What the actor may see.
    pub view: TicketView,
    /// The comments' rows, oldest first, as far as the actor may see them; empty unless asked for.
    pub comments: Vec<CommentRow>,
}

/// Shows a ticket. One round trip.
pub async fn show(ctx: &Ctx<'_>, reference: &Reference, include: Include) -> Result<Shown, ApiError> {
    let internal = ctx.actor.may(Permission::TicketReadInternal);
    let mut more = Vec::new();
    if include.comments {
        more.push(comments::of_ticket(reference, internal, &Before::end(), COMMENTS_PER_PAGE));
    }
    if include.history {
        more.push(history::of_ticket(reference, internal, COMMENTS_PER_PAGE));
    }
    if include.attachments {
        more.push(store::attachments(reference));
    }
    let mut loaded = load_any(ctx, reference, more).await?;
    let comments = if include.comments { comments::comments(&loaded.next()?)? } else { Vec::new() };
    let lines: Vec<HistoryRow> = if include.history { history::lines(&loaded.next()?)? } else { Vec::new() };
    let files: Vec<AttachmentRow> = if include.attachments { loaded.next()?.all()? } else { Vec::new() };
    let calendar = clocks::calendar_of(ctx.tenant, &loaded.row);
    let mut view = TicketView::of(&loaded.row, &loaded.followers, ctx.tenant, &calendar, ctx.now);
    view.comments = include.comments.then(|| comments.iter().map(CommentView::of).collect());
    view.history = include.history.then(|| lines.iter().map(HistoryView::of).collect());
    view.attachments = include.attachments.then(|| files.iter().map(AttachmentView::of).collect());
    let internal = reads_internal(ctx, &loaded.row, &loaded.followers);
    Ok(Shown { view: view.for_actor(&ctx.actor, internal), row: loaded.row, comments })
}

/// What the actor may see of a ticket that was just changed.
pub fn view_of(ctx: &Ctx<'_>, row: &TicketRow, followers: &[FollowerRow]) -> TicketView {
    let calendar = clocks::calendar_of(ctx.tenant, row);
    TicketView::of(row, followers, ctx.tenant, &calendar, ctx.now).for_actor(&ctx.actor, reads_internal(ctx, row, followers))
}

/// Whether the actor reads what is the desk's own on this ticket.
pub fn reads_internal(ctx: &Ctx<'_>, row: &TicketRow, followers: &[FollowerRow]) -> bool {
    ctx.actor.may_on(Permission::TicketReadInternal, &row.facts(followers))
}
