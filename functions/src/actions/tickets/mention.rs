//! Naming members of the desk in a note: they are told, follow the ticket from then on, and find it among their mentions.
//!
//! Only in notes, and only of people who see the ticket's notes anyway: a name opens nothing.

use serde_json::json;
use shared::access::{Actor, Circumstances, Permission, Policy};
use shared::database::TenantStatement;
use shared::error::{ApiError, FieldError};
use shared::id::UserId;
use shared::limits::{MENTIONABLE_MAX, MENTIONS_MAX};
use shared::store::administrators::{self, InForce};
use shared::store::held::{self, HeldRow};
use shared::store::mentions::{self as store, MentionMail};
use shared::store::tickets;
use shared::ticket::mention::mentioned;
use shared::ticket::{Channel, FollowerRow, Reference, TicketRow, Visibility};

use super::comment::NewComment;
use super::{Author, Loaded, Work, load, rights};
use crate::context::Ctx;

/// The kind of mail.
const TEMPLATE: &str = "mentioned";

/// Whom a comment names. Refuses names in words that leave the desk, and more of them than make sense. What comes by mail names nobody.
pub(super) fn of(new: &NewComment<'_>, author: &Author) -> Result<Vec<UserId>, ApiError> {
    if !author.is_staff() || new.channel == Channel::Email {
        return Ok(Vec::new());
    }
    let users = mentioned(new.body.as_str());
    if users.is_empty() {
        return Ok(users);
    }
    if new.visibility == Visibility::Public || new.forward.is_some() {
        return Err(ApiError::field("body", "mention_leaves_desk"));
    }
    if users.len() > MENTIONS_MAX {
        return Err(ApiError::invalid(vec![FieldError::new("body", "too_many_mentions").arg("maximum", MENTIONS_MAX)]));
    }
    Ok(users)
}

/// What has to be loaded beside the ticket to know who they are and what they see; [`named`] reads it.
pub(super) fn statements(ctx: &Ctx<'_>, users: &[UserId]) -> Vec<TenantStatement> {
    if users.is_empty() {
        return Vec::new();
    }
    let people = users.iter().map(|user| held::person(user, ctx.now));
    std::iter::once(administrators::in_force()).chain(people).collect()
}

/// The people; refuses those who are not of the desk, and those who do not see the notes of the ticket.
pub(super) fn named(ctx: &Ctx<'_>, loaded: &mut Loaded, users: &[UserId]) -> Result<Vec<HeldRow>, ApiError> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let policies: Vec<Policy> = loaded.next()?.all::<InForce>()?.iter().map(InForce::policy).collect();
    let mut people = Vec::new();
    for _ in users {
        let row = loaded.next()?.first::<HeldRow>()?.filter(|row| row.role.is_staff());
        people.push(row.ok_or_else(|| ApiError::field("body", "mention_unknown"))?);
    }
    let blind: Vec<&str> = people
        .iter()
        .filter(|row| !sees(ctx, row, &policies, &loaded.row, &loaded.followers))
        .map(|row| row.name.as_str())
        .collect();
    if blind.is_empty() {
        return Ok(people);
    }
    Err(ApiError::invalid(vec![FieldError::new("body", "mention_unseen").arg("names", blind.join(", "))]))
}

/// Whether somebody reads the notes of a ticket, from wherever they come.
fn sees(ctx: &Ctx<'_>, row: &HeldRow, policies: &[Policy], ticket: &TicketRow, followers: &[FollowerRow]) -> bool {
    let circumstances = Circumstances { address: "", ..ctx.circumstances() };
    let actor = Actor::Person(rights::person(ctx, row, policies, &circumstances));
    let facts = ticket.facts(followers);
    [Permission::TicketRead, Permission::TicketReadInternal].into_iter().all(|permission| actor.may_on(permission, &facts))
}

/// Tells them, and lets them follow. Whoever names themselves is told nothing.
pub(super) fn tell(work: &mut Work<'_, '_>, new: &NewComment<'_>, people: &[HeldRow]) {
    let ctx = work.ctx;
    let by = if work.author.name.is_empty() { ctx.tenant.name().to_owned() } else { work.author.name.clone() };
    for person in people {
        work.also(store::mention(&person.id, &work.row, &new.id, ctx.now));
        work.also(tickets::insert_follower(&work.row.id, &person.email, "follower", ctx.now));
        work.audited("mentioned", json!(person.id));
        if work.author.user.as_ref() == Some(&person.id) {
            continue;
        }
        let mail = MentionMail {
            id: &ctx.ids().next(),
            template: TEMPLATE,
            user: &person.id,
            locale: ctx.tenant.locale(),
            ticket: &work.row,
            comment: &new.id,
            data: json!({ "by": by, "for_desk": true }),
        };
        let mail = store::notify(&mail, ctx.now);
        work.mail([mail]);
    }
    if !people.is_empty() {
        let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
        work.line("mentioned", Visibility::Internal, None, Some(names.join(", ")));
    }
}

/// Members of the desk who can be named in a note of the ticket: those who read its notes.
pub async fn mentionable(ctx: &Ctx<'_>, reference: &Reference) -> Result<Vec<HeldRow>, ApiError> {
    let more = vec![administrators::in_force(), held::people(true, "", ctx.now, MENTIONABLE_MAX)];
    let mut loaded = load(ctx, reference, more).await?;
    let policies: Vec<Policy> = loaded.next()?.all::<InForce>()?.iter().map(InForce::policy).collect();
    let mut people: Vec<HeldRow> = loaded.next()?.all()?;
    people.retain(|row| sees(ctx, row, &policies, &loaded.row, &loaded.followers));
    Ok(people)
}
