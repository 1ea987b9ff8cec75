//! Tickets that their assignees put off: out of their own queue until a moment, or until the client answers.
//!
//! Only whoever a ticket is assigned to puts it off, and nothing else follows from it: the clocks run on, others see it where it was. It
//! comes back by the row itself, whoever asks for what is due: in one batch under the version of the ticket, so that it comes back once.
//! A client's answer always brings it back. Giving it to somebody else, ending or deleting it does too, by a trigger.

use chrono::{DateTime, Utc};
use shared::business_time::Calendar;
use shared::error::ApiError;
use shared::id::UserId;
use shared::limits::SNOOZED_MAX;
use shared::live::{Event, HubMessage};
use shared::platform::Wake;
use shared::store::{reminders, snoozes as store};
use shared::ticket::snooze::{Preset, UNTIL_ANSWER, is_allowed};
use shared::ticket::{Reference, TicketRow, Visibility};

use super::sla::clocks::calendar_of;
use super::sla::fire::load_all;
use super::tickets::{Author, Work, load};
use crate::context::Ctx;

/// Until when somebody wants something to be put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// A moment that has a name.
    Named(Preset),
    /// A moment of their own.
    At(DateTime<Utc>),
    /// The client's answer.
    Answer,
}

impl Wish {
    /// Reads `later`, `tomorrow`, `monday`, `answer`, or a moment by RFC 3339.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "answer" => Some(Self::Answer),
            _ => Preset::parse(text)
                .map(Self::Named)
                .or_else(|| DateTime::parse_from_rfc3339(text).ok().map(|moment| Self::At(moment.to_utc()))),
        }
    }

    /// What it means for whoever asks, at a desk of this calendar; none for what is past, too far away, or is no moment of today.
    pub fn until(self, ctx: &Ctx<'_>, calendar: &Calendar) -> Option<Until> {
        match self {
            Self::Answer => Some(Until::Answer),
            Self::Named(preset) => preset.moment(ctx.now, ctx.zone(), calendar).map(Until::Moment),
            Self::At(moment) => is_allowed(ctx.now, moment).then_some(Until::Moment(moment)),
        }
    }
}

/// Until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// A moment.
    Moment(DateTime<Utc>),
    /// The client's answer.
    Answer,
}

impl Until {
    /// What a row says; none where nothing was put off.
    pub fn of(row: &TicketRow) -> Option<Self> {
        row.snoozed_until.map(|until| match DateTime::from_timestamp_millis(until) {
            Some(moment) if until < UNTIL_ANSWER => Self::Moment(moment),
            _ => Self::Answer,
        })
    }

    /// The moment, if it is one.
    pub fn moment(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Moment(moment) => Some(moment),
            Self::Answer => None,
        }
    }
}

/// Puts a ticket off. 409 `snooze_not_yours` for one that is not assigned to whoever asks, `snooze_finished` for one that is over,
/// `snooze_limit`; 422 for a moment that is past or too far away.
pub async fn snooze(ctx: &Ctx<'_>, reference: &Reference, wish: Wish) -> Result<TicketRow, ApiError> {
    let loaded = load(ctx, reference, Vec::new()).await?;
    let me = ctx.person()?.id.clone();
    if loaded.row.assignee_id.as_ref() != Some(&me) {
        return Err(ApiError::conflict("snooze_not_yours"));
    }
    if !loaded.row.status.is_open() || loaded.row.merged_into_id.is_some() {
        return Err(ApiError::conflict("snooze_finished"));
    }
    let calendar = calendar_of(ctx.tenant, &loaded.row);
    let until = wish.until(ctx, &calendar).ok_or_else(|| ApiError::field("until", "bad_later"))?;
    let until_ms = until.moment().map_or(UNTIL_ANSWER, |moment| moment.timestamp_millis());
    if loaded.row.snoozed_until == Some(until_ms) {
        return Ok(loaded.row);
    }
    let is_first = loaded.row.snoozed_until.is_none();
    let mut work = Work::begin(ctx, loaded, Author::of(&ctx.actor));
    work.changed("snoozed", Visibility::Internal, None, Some(said(until)));
    let ticket = work.row.id.clone();
    let [room, put_off] = store::snooze(&ticket, &me, until_ms);
    if is_first {
        work.also(room);
    }
    work.also(put_off);
    work.row.snoozed_until = Some(until_ms);
    work.refuses("limit", "snooze_limit");
    let row = work
        .save("ticket.snoozed", None)
        .await
        .map_err(|error| if error.code == "snooze_limit" { error.arg("maximum", SNOOZED_MAX) } else { error })?;
    if let Until::Moment(at) = until {
        ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at });
    }
    Ok(row)
}

/// Puts a ticket back into the queue before its time. Nothing is written where it was not put off.
pub async fn wake(ctx: &Ctx<'_>, reference: &Reference) -> Result<TicketRow, ApiError> {
    let loaded = load(ctx, reference, Vec::new()).await?;
    if loaded.row.snoozed_until.is_none() {
        return Ok(loaded.row);
    }
    if loaded.row.assignee_id.as_ref() != Some(&ctx.person()?.id) {
        return Err(ApiError::conflict("snooze_not_yours"));
    }
    let mut work = Work::begin(ctx, loaded, Author::of(&ctx.actor));
    work.changed("woken", Visibility::Internal, None, None);
    let ticket = work.row.id.clone();
    work.also(store::wake(&ticket, None));
    work.row.snoozed_until = None;
    work.save("ticket.woken", None).await
}

/// What a line of the history says.
fn said(until: Until) -> String {
    until.moment().map_or_else(|| "answer".to_owned(), |moment| moment.to_rfc3339())
}

/// The client has answered: what was put off is back, in the batch of the answer.
pub(super) fn answered(work: &mut Work<'_, '_>) {
    if work.row.snoozed_until.take().is_none() {
        return;
    }
    work.changed("woken", Visibility::Internal, None, None);
    let ticket = work.row.id.clone();
    work.also(store::wake(&ticket, Some(work.ctx.now)));
    if let Some(assignee) = work.row.assignee_id.clone() {
        tell(work.ctx, assignee, &work.row);
    }
}

fn tell(ctx: &Ctx<'_>, person: UserId, row: &TicketRow) {
    let message = HubMessage::person(person, Event::Reminded { ticket: Some(row.id.clone()) });
    ctx.wake(Wake::Hub { tenant: ctx.tenant.id().clone(), message: message.to_json() });
}

/// Brings back what is due, at most `limit` tickets; answers how many came back. One that somebody else writes at the same moment is left
/// to the next run, and one that fails does not hold up the others.
pub async fn wake_due(ctx: &Ctx<'_>, limit: u32) -> Result<usize, ApiError> {
    let due: Vec<store::Due> = ctx.db.run(store::due(ctx.now, limit)).await?.all()?;
    if due.is_empty() {
        return Ok(0);
    }
    let references: Vec<Reference> = due.iter().map(|ticket| Reference::from(&ticket.id)).collect();
    let (loaded, mut failure) = load_all(ctx, &references).await?;
    let mut woken = 0;
    for ticket in loaded {
        if ticket.row.snoozed_until.is_none_or(|until| until > ctx.now.timestamp_millis()) {
            continue;
        }
        let assignee = ticket.row.assignee_id.clone();
        let mut work = Work::begin(ctx, ticket, Author::system());
        work.changed("woken", Visibility::Internal, None, None);
        let id = work.row.id.clone();
        work.also(store::wake(&id, Some(ctx.now)));
        work.row.snoozed_until = None;
        if let Some(assignee) = &assignee {
            work.mail([reminders::mail(&ctx.ids().next(), assignee, ctx.tenant.locale(), Some(&id), "", ctx.now)]);
        }
        match work.save("ticket.woken", None).await {
            Ok(row) => {
                woken += 1;
                if let Some(assignee) = assignee {
                    tell(ctx, assignee, &row);
                }
            }
            Err(error) if error.code == "stale_version" => {}
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    if due.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
        ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: ctx.now });
    }
    failure.map_or(Ok(woken), Err)
}
