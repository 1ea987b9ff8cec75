//! A ticket as its pages show it: with one page of its conversation, the latest or an older one.
//!
//! A conversation is cut by its comments, a hundred a page. The changes between them go with the page in whose stretch of time
//! they lie: from its oldest comment on, up to the oldest comment of the page after it. So each change is on one page.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use shared::access::Permission;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::CommentId;
use shared::limits::{COMMENTS_PER_PAGE, HISTORY_PER_PAGE};
use shared::store::comments::{self, Before};
use shared::store::ticket_mails::{self, Fate, Origin};
use shared::store::{history, tickets as store};
use shared::ticket::{
    AttachmentRow, AttachmentView, CommentView, FollowerRow, HistoryRow, HistoryView, Reference, TicketRow, TicketView,
};

use super::load::load_any;
use crate::actions::sla::clocks;
use crate::context::Ctx;

/// A ticket with a page of its conversation.
pub struct Opened {
    /// The ticket's row.
    pub row: TicketRow,
    /// Who hears of it.
    pub followers: Vec<FollowerRow>,
    /// Whether the actor reads what is the desk's own on this ticket.
    pub internal: bool,
    /// What the actor may see: the ticket, the comments of this page, all files. Of the history, for staff, the changes of
    /// this page.
    pub view: TicketView,
    /// The latest changes of the ticket, oldest first, whichever page this is; empty for clients.
    pub changes: Vec<HistoryView>,
    /// The mail that the ticket began with, if it was one.
    pub origin: Option<Origin>,
    /// How the mails fared that carried comments of this page out; empty for clients.
    pub fates: HashMap<CommentId, Fate>,
    /// Where the older part of the conversation begins, if there is one.
    pub older: Option<Before>,
    /// The answers of the statements that were loaded beside it, in order.
    pub beside: std::vec::IntoIter<Rows>,
}

impl Opened {
    /// Whether the actor may answer on the ticket.
    pub fn may_reply(&self, ctx: &Ctx<'_>) -> bool {
        ctx.actor.may_on(Permission::TicketReply, &self.row.facts(&self.followers))
    }

    /// The answer of the next statement that was loaded beside the ticket.
    #[expect(clippy::should_implement_trait, reason = "an answer that is missing is an error, not an end")]
    pub fn next(&mut self) -> Result<Rows, ApiError> {
        self.beside.next().ok_or_else(|| ApiError::internal("a statement beside the ticket was not answered"))
    }
}

/// Opens a ticket, in one round trip with whatever else its page needs: the latest page of the conversation, or the one before
/// a place. The statements of `beside` find the ticket by the same reference; what they answer must not be shown before this
/// has answered that the actor may see the ticket.
pub async fn open(
    ctx: &Ctx<'_>,
    reference: &Reference,
    before: Option<&Before>,
    beside: Vec<TenantStatement>,
) -> Result<Opened, ApiError> {
    let staff = ctx.actor.may(Permission::TicketReadInternal);
    let place = before.cloned().unwrap_or_else(Before::end);
    let mut more = vec![
        comments::of_ticket(reference, staff, &place, COMMENTS_PER_PAGE + 1),
        store::attachments(reference),
        if staff { ticket_mails::all(reference, place.at, COMMENTS_PER_PAGE + 1) } else { ticket_mails::origin(reference) },
    ];
    if staff {
        more.push(history::of_ticket(reference, true, HISTORY_PER_PAGE));
        more.extend(before.map(|place| history::before(reference, true, place.at, HISTORY_PER_PAGE)));
    }
    more.extend(beside);
    let mut loaded = load_any(ctx, reference, more).await?;
    let (rows, older) = comments::page(&loaded.next()?, COMMENTS_PER_PAGE)?;
    let files: Vec<AttachmentRow> = loaded.next()?.all()?;
    let mails = loaded.next()?;
    let (origin, fates) = if staff { ticket_mails::read(&mails)? } else { (mails.first()?, HashMap::new()) };
    let latest = if staff { history::lines(&loaded.next()?)? } else { Vec::new() };
    let lines = if staff && before.is_some() { history::lines(&loaded.next()?)? } else { latest.clone() };
    let calendar = clocks::calendar_of(ctx.tenant, &loaded.row);
    let internal = super::show::reads_internal(ctx, &loaded.row, &loaded.followers);
    let mut view = TicketView::of(&loaded.row, &loaded.followers, ctx.tenant, &calendar, ctx.now);
    view.comments = Some(rows.iter().map(CommentView::of).collect());
    view.attachments = Some(files.iter().map(AttachmentView::of).collect());
    view.history = Some(since(&lines, older.as_ref().map(|place| place.at)));
    Ok(Opened {
        view: view.for_actor(&ctx.actor, internal),
        internal,
        row: loaded.row,
        followers: loaded.followers,
        changes: if internal { since(&latest, None) } else { Vec::new() },
        origin,
        fates: if internal { fates } else { HashMap::new() },
        older,
        beside: loaded.more,
    })
}

fn since(lines: &[HistoryRow], from: Option<DateTime<Utc>>) -> Vec<HistoryView> {
    lines.iter().filter(|line| from.is_none_or(|from| line.at >= from)).map(HistoryView::of).collect()
}
