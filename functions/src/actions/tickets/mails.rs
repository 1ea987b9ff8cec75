//! Which mails a change of a ticket causes. Rows of the outbox only: they are written in the change's own batch, and what
//! they say is read from ticket and comment when they are carried out.

use serde_json::{Value, json};
use shared::database::TenantStatement;
use shared::i18n::Locale;
use shared::id::{CommentId, OutboxId, UserId};
use shared::mail::templates::Moved;
use shared::store::notices::{self, AnswerNotice, Notice};
use shared::store::one_time::{Pending, Purpose};
use shared::store::outbox::{self, NewMail};
use shared::ticket::{FollowerRow, TicketRow};

use super::Author;
use crate::actions::accounts::links::{self, NewLink};
use crate::context::Ctx;

/// To the requester, whose address is confirmed: we have it.
pub const TICKET_RECEIVED: &str = "ticket_received";
/// To requester and followers: the desk has answered.
pub const AGENT_REPLY: &str = "agent_reply";
/// To requester and followers: the desk has moved the ticket.
pub const STATUS_CHANGED: &str = "status_changed";
/// To the requester: resolved, please rate.
pub const TICKET_RESOLVED: &str = "ticket_resolved";
/// To the new assignee.
pub const ASSIGNED: &str = "assigned";
/// To the assignee, or to followers of the desk: the client has answered.
pub const CLIENT_REPLY: &str = "client_reply";
/// To those who lead the desk: somebody has escalated the ticket.
pub const ESCALATED: &str = "escalated";

/// To somebody outside the conversation: the desk forwards messages of it.
pub const FORWARDED: &str = "forwarded";

/// People who get the same notice as leaders: those of a desk, not a whole company.
pub const LEADERS_MAX: usize = 10;

/// To a colleague whom a client lets follow a ticket.
pub const SHARED: &str = "ticket_shared";

/// Seconds that the link works by which a writer confirms the address: a weekend and a day.
const CONFIRMATION_SECONDS: i64 = 3 * 24 * 3600;

/// Somebody who gets a mail.
struct Recipient<'a> {
    email: &'a str,
    user: Option<&'a UserId>,
    locale: Option<Locale>,
}

/// What a mail of a ticket is about.
struct About<'a> {
    row: &'a TicketRow,
    comment: Option<&'a CommentId>,
    data: Value,
}

fn queue(ctx: &Ctx<'_>, template: &str, to: &Recipient<'_>, about: &About<'_>) -> TenantStatement {
    let mail = NewMail {
        id: ctx.ids().next(),
        template,
        recipient: to.email,
        recipient_user: to.user,
        locale: to.locale.unwrap_or_else(|| ctx.tenant.locale()),
        ticket: Some(&about.row.id),
        comment: about.comment,
        data: about.data.clone(),
    };
    outbox::mail(&mail, ctx.now)
}

fn requester(row: &TicketRow) -> Option<Recipient<'_>> {
    row.requester_blocked_at.is_none().then_some(Recipient {
        email: &row.requester_email,
        user: Some(&row.requester_id),
        locale: row.requester_locale,
    })
}

/// To the requester of a new ticket. Where nobody has shown that the address is the writer's own, the mail says nothing of the
/// ticket and asks to confirm the address.
pub fn received(ctx: &Ctx<'_>, row: &TicketRow) -> Vec<TenantStatement> {
    let Some(to) = requester(row) else { return Vec::new() };
    if !row.from_unverified {
        return vec![queue(ctx, TICKET_RECEIVED, &to, &About { row, comment: None, data: json!({}) })];
    }
    let link = NewLink {
        purpose: Purpose::ConfirmAddress,
        user: &row.requester_id,
        pending: Pending::default(),
        lives_seconds: CONFIRMATION_SECONDS,
    };
    let (link, mail) = links::mailed(ctx, &link, to.email, to.locale.unwrap_or_else(|| ctx.tenant.locale()));
    vec![link.statement, mail]
}

/// Those who follow a ticket and can be written to, beside its requester.
fn copies<'a>(row: &'a TicketRow, followers: &'a [FollowerRow]) -> impl Iterator<Item = Recipient<'a>> {
    followers
        .iter()
        .filter(|follower| follower.blocked_at.is_none() && follower.email != row.requester_email)
        .map(|follower| Recipient { email: &follower.email, user: follower.user_id.as_ref(), locale: follower.locale })
}

/// To everybody who hears of a public answer of the desk, once each, but not to its author.
pub fn agent_reply(
    ctx: &Ctx<'_>,
    row: &TicketRow,
    followers: &[FollowerRow],
    author: &Author,
    comment: &CommentId,
) -> Vec<TenantStatement> {
    let about = About { row, comment: Some(comment), data: json!({ "agent": author.name, "echo": row.may_echo() }) };
    requester(row)
        .into_iter()
        .chain(copies(row, followers))
        .filter(|to| to.email != author.email)
        .map(|to| queue(ctx, AGENT_REPLY, &to, &about))
        .collect()
}

/// To the assignee, or where there is none who could be reached to the followers of the desk: what a client has answered. The words
/// are the client's own, so these mails go to the desk alone.
pub fn client_reply(
    ctx: &Ctx<'_>,
    row: &TicketRow,
    followers: &[FollowerRow],
    author: &Author,
    comment: &CommentId,
) -> Option<TenantStatement> {
    answered(ctx, row, followers, author, comment, false)
}

/// To the same people: somebody outside the conversation has answered what the desk had forwarded. Whoever answers that mail writes a note.
pub fn outsider_reply(
    ctx: &Ctx<'_>,
    row: &TicketRow,
    followers: &[FollowerRow],
    author: &Author,
    comment: &CommentId,
) -> Option<TenantStatement> {
    answered(ctx, row, followers, author, comment, true)
}

fn answered(
    ctx: &Ctx<'_>,
    row: &TicketRow,
    followers: &[FollowerRow],
    author: &Author,
    comment: &CommentId,
    for_desk: bool,
) -> Option<TenantStatement> {
    let people = followers.iter().filter(|follower| follower.user_id.is_some()).count() + usize::from(row.assignee_id.is_some());
    if people == 0 {
        return None;
    }
    let ids: Vec<OutboxId> = (0..people).map(|_| ctx.ids().next()).collect();
    let client = if author.name.is_empty() { &author.email } else { &author.name };
    let notice = AnswerNotice {
        ids: &ids,
        template: CLIENT_REPLY,
        locale: ctx.tenant.locale(),
        ticket: &row.id,
        comment,
        data: if for_desk { json!({ "client": client, "for_desk": true }) } else { json!({ "client": client }) },
        assignee: row.assignee_id.as_ref(),
        author: author.user.as_ref(),
    };
    Some(notices::notify_of_answer(&notice, ctx.now))
}

/// To the people outside the conversation to whom the desk forwards a comment, once each.
pub fn forwarded(
    ctx: &Ctx<'_>,
    row: &TicketRow,
    author: &Author,
    comment: &CommentId,
    recipients: &[String],
) -> Vec<TenantStatement> {
    let by = if author.name.is_empty() { ctx.tenant.name() } else { &author.name };
    let about = About { row, comment: Some(comment), data: json!({ "by": by, "for_desk": true }) };
    let to = |email: &'_ String| queue(ctx, FORWARDED, &Recipient { email, user: None, locale: None }, &about);
    recipients.iter().map(to).collect()
}

/// To those who lead the desk: the ticket was escalated by hand, to the level and for the reason that its row has now.
pub fn escalated(ctx: &Ctx<'_>, row: &TicketRow, author: &Author) -> TenantStatement {
    let ids: Vec<OutboxId> = (0..LEADERS_MAX).map(|_| ctx.ids().next()).collect();
    let by = if author.name.is_empty() { ctx.tenant.name() } else { &author.name };
    let notice = Notice {
        ids: &ids,
        template: ESCALATED,
        locale: ctx.tenant.locale(),
        ticket: &row.id,
        data: json!({ "by": by, "level": row.escalation_level, "reason": row.escalation_reason }),
        assignee: None,
        department: None,
        leaders: true,
        author: author.user.as_ref(),
        due_at: ctx.now,
    };
    notices::notify(&notice, ctx.now)
}

/// To a colleague whom whoever asks lets follow the ticket.
pub fn shared(ctx: &Ctx<'_>, row: &TicketRow, email: &str, locale: Option<Locale>) -> TenantStatement {
    let by = ctx.actor.person().map_or("", |person| person.name.as_str());
    queue(ctx, SHARED, &Recipient { email, user: None, locale }, &About { row, comment: None, data: json!({ "by": by }) })
}

/// A ticket that the desk has moved.
pub struct Move<'a> {
    /// What became of it.
    pub moved: Moved,
    /// Who moved it and needs no mail.
    pub author: &'a Author,
    /// Whether the requester gets a mail of it that says more.
    pub is_told: bool,
}

/// To requester and followers, once each: the desk has moved the ticket. Of a ticket whose writer has not confirmed the address nobody is
/// told: nothing goes by itself where a stranger may have pointed it.
pub fn status_changed(ctx: &Ctx<'_>, row: &TicketRow, followers: &[FollowerRow], change: &Move<'_>) -> Vec<TenantStatement> {
    if !row.may_echo() {
        return Vec::new();
    }
    let about = About { row, comment: None, data: json!({ "moved": change.moved.code() }) };
    requester(row)
        .filter(|_| !change.is_told)
        .into_iter()
        .chain(copies(row, followers))
        .filter(|to| to.email != change.author.email)
        .map(|to| queue(ctx, STATUS_CHANGED, &to, &about))
        .collect()
}

/// To the requester of a ticket that was resolved: how did we do?
pub fn resolved(ctx: &Ctx<'_>, row: &TicketRow) -> Option<TenantStatement> {
    let to = requester(row)?;
    let data = json!({ "cycle": row.resolution_cycle, "echo": row.may_echo() });
    Some(queue(ctx, TICKET_RESOLVED, &to, &About { row, comment: None, data }))
}

/// To the new assignee, unless it was the assignee's own doing.
pub fn assigned(ctx: &Ctx<'_>, row: &TicketRow, author: &Author) -> Option<TenantStatement> {
    let (user, email) = (row.assignee_id.as_ref()?, row.assignee_email.as_deref()?);
    if author.user.as_ref() == Some(user) {
        return None;
    }
    let by = if author.name.is_empty() { ctx.tenant.name() } else { &author.name };
    let to = Recipient { email, user: Some(user), locale: row.assignee_locale };
    Some(queue(ctx, ASSIGNED, &to, &About { row, comment: None, data: json!({ "by": by }) }))
}
