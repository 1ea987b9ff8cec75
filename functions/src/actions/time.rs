//! Time that agents spend on tickets: written down by hand, or counted by the one timer that a person can have running.
//!
//! People write down, change and remove their own; those with `time.manage` everybody's, and they and those who read reports see
//! everybody's. A day has 24 hours: the batch that writes looks at that, whoever writes beside it.

use chrono::NaiveDate;
use serde_json::json;
use shared::access::Permission;
use shared::database::DbError;
use shared::error::{ApiError, FieldError};
use shared::id::{TimeEntryId, UserId};
use shared::store::time_entries::{self as store, EntryRow, On, Spent, TimerRow};
use shared::ticket::{Reference, TicketRow};
use shared::time_spent;

use super::audit;
use super::tickets::{IfMatch, load};
use crate::context::Ctx;

/// What somebody says about time that they spent; what is left out of a change stays.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// The day; today where it is left out.
    pub day: Option<String>,
    /// Whole minutes.
    pub minutes: Option<Result<i64, FieldError>>,
    /// What was done.
    pub note: Option<String>,
    /// Whether somebody pays for it.
    pub billable: Option<bool>,
}

/// Today, where the person is.
pub fn today(ctx: &Ctx<'_>) -> NaiveDate {
    ctx.now.with_timezone(&ctx.zone()).date_naive()
}

/// Whether whoever asks sees everybody's time, not only their own.
pub fn sees_all(ctx: &Ctx<'_>) -> bool {
    ctx.actor.may(Permission::ReportRead) || ctx.actor.may(Permission::TimeManage)
}

/// Whether whoever asks may change an entry of this person.
pub fn may_change(ctx: &Ctx<'_>, owner: &UserId) -> bool {
    let is_own = ctx.actor.person().is_some_and(|person| person.id == *owner);
    (is_own && ctx.actor.may(Permission::TicketUpdate)) || ctx.actor.may(Permission::TimeManage)
}

/// Every fault at once. `known` is what stands where nothing is said.
fn checked(ctx: &Ctx<'_>, said: &Said, known: Option<&Spent>) -> Result<Spent, ApiError> {
    let mut faults = Vec::new();
    let day = match (&said.day, known) {
        (Some(day), Some(known)) if *day == known.day => known.day.clone(),
        (Some(day), _) => {
            time_spent::day(day, today(ctx)).map_err(|fault| faults.push(fault)).map(|day| day.to_string()).unwrap_or_default()
        }
        (None, Some(known)) => known.day.clone(),
        (None, None) => today(ctx).to_string(),
    };
    let minutes = match (&said.minutes, known) {
        (Some(minutes), _) => minutes.clone(),
        (None, Some(known)) => Ok(known.minutes),
        (None, None) => Err(FieldError::new("minutes", "required")),
    };
    let minutes = minutes.map_err(|fault| faults.push(fault)).unwrap_or_default();
    let note = match (&said.note, known) {
        (Some(note), _) => time_spent::note(note).map_err(|fault| faults.push(fault)).unwrap_or_default(),
        (None, known) => known.map(|known| known.note.clone()).unwrap_or_default(),
    };
    let billable = said.billable.or(known.map(|known| known.billable)).unwrap_or(true);
    if faults.is_empty() { Ok(Spent { day, minutes, note, billable }) } else { Err(ApiError::invalid(faults)) }
}

/// Writes time down for whoever asks. 409 `day_full` when the day has no room for it.
pub async fn create(ctx: &Ctx<'_>, reference: &Reference, said: &Said) -> Result<EntryRow, ApiError> {
    let spent = checked(ctx, said, None)?;
    let ticket = load(ctx, reference, Vec::new()).await?.row;
    let (id, statements) = written(ctx, &ticket, &spent)?;
    let answers = ctx.db.batch(statements).await.map_err(refusal)?;
    answers
        .last()
        .and_then(|rows| rows.first().transpose())
        .transpose()?
        .ok_or_else(|| ApiError::internal(format!("{id} was not answered")))
}

/// The batch that writes time down; its last statement answers the entry.
fn written(
    ctx: &Ctx<'_>,
    ticket: &TicketRow,
    spent: &Spent,
) -> Result<(TimeEntryId, Vec<shared::database::TenantStatement>), ApiError> {
    let id: TimeEntryId = ctx.ids().next();
    let on = On { person: &ctx.person()?.id, ticket: &ticket.id, organization: ticket.organization_id.as_ref() };
    let mut batch = store::insert(&id, on, spent, ctx.now).to_vec();
    batch.push(audit::line(ctx, "time.created", id.as_str(), json!({ "ticket": ticket.id, "to": told(spent) })));
    batch.push(store::one(&id, &ctx.actor.ticket_scope()));
    Ok((id, batch))
}

fn told(spent: &Spent) -> serde_json::Value {
    json!({ "day": spent.day, "minutes": spent.minutes, "note": spent.note, "billable": spent.billable })
}

fn refusal(error: DbError) -> ApiError {
    if error.is_refused_by("day_full") { ApiError::conflict("day_full") } else { error.into() }
}

/// What an entry says.
pub fn spent(row: &EntryRow) -> Spent {
    Spent { day: row.day.clone(), minutes: row.minutes, note: row.note.clone(), billable: row.billable }
}

/// One entry that whoever asks sees; 404 for anything else.
pub async fn find(ctx: &Ctx<'_>, id: &TimeEntryId) -> Result<EntryRow, ApiError> {
    let row: Option<EntryRow> = ctx.db.run(store::one(id, &ctx.actor.ticket_scope())).await?.first()?;
    row.filter(|row| is_seen(ctx, row)).ok_or_else(ApiError::not_found)
}

/// Whether whoever asks sees this entry.
pub fn is_seen(ctx: &Ctx<'_>, row: &EntryRow) -> bool {
    ctx.actor.person().is_some_and(|person| person.id == row.user_id) || sees_all(ctx)
}

/// Changes an entry. 403 for somebody else's without `time.manage`; 412 when it was changed since the version that was read.
pub async fn update(ctx: &Ctx<'_>, id: &TimeEntryId, if_match: IfMatch, said: &Said) -> Result<EntryRow, ApiError> {
    let known = find(ctx, id).await?;
    if !may_change(ctx, &known.user_id) {
        return Err(ApiError::forbidden());
    }
    if_match.check(known.version)?;
    let before = spent(&known);
    let after = checked(ctx, said, Some(&before))?;
    if after == before {
        return Ok(known);
    }
    let mut batch = store::update(id, known.version, &known.user_id, &after, ctx.now).to_vec();
    batch.push(audit::line(ctx, "time.updated", id.as_str(), json!({ "from": told(&before), "to": told(&after) })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    let Spent { day, minutes, note, billable } = after;
    Ok(EntryRow { day, minutes, note, billable, version: known.version + 1, ..known })
}

/// Removes an entry, as [`update`] changes one.
pub async fn remove(ctx: &Ctx<'_>, id: &TimeEntryId, if_match: IfMatch) -> Result<EntryRow, ApiError> {
    let known = find(ctx, id).await?;
    if !may_change(ctx, &known.user_id) {
        return Err(ApiError::forbidden());
    }
    if_match.check(known.version)?;
    let mut batch = store::delete(id, known.version).to_vec();
    batch.push(audit::line(ctx, "time.deleted", id.as_str(), json!({ "from": told(&spent(&known)) })));
    ctx.db.batch(batch).await?;
    Ok(known)
}

/// The timer that whoever asks has running.
pub async fn timer(ctx: &Ctx<'_>) -> Result<Option<TimerRow>, ApiError> {
    Ok(ctx.db.run(store::timer(&ctx.person()?.id)).await?.first()?)
}

/// Lets a timer run on a ticket. 409 `timer_running` when one runs already.
pub async fn start(ctx: &Ctx<'_>, reference: &Reference) -> Result<TimerRow, ApiError> {
    let ticket = load(ctx, reference, Vec::new()).await?.row;
    let me = &ctx.person()?.id;
    let mut batch = store::start(me, &ticket.id, ctx.now).to_vec();
    batch.push(audit::line(ctx, "time.started", ticket.id.as_str(), json!({})));
    ctx.db
        .batch(batch)
        .await
        .map_err(|error| if error.is_refused_by("limit") { ApiError::conflict("timer_running") } else { error.into() })?;
    Ok(TimerRow { ticket_id: ticket.id, number: ticket.number, organization_id: ticket.organization_id, started_at: ctx.now })
}

/// Stops the timer and writes down what it counted, on the day on which it began. 404 when none runs; 409 `day_full`, and it runs on.
pub async fn stop(ctx: &Ctx<'_>, said: &Said) -> Result<EntryRow, ApiError> {
    let timer = timer(ctx).await?.ok_or_else(ApiError::not_found)?;
    let me = &ctx.person()?.id;
    let spent = Spent {
        day: timer.started_at.with_timezone(&ctx.zone()).date_naive().to_string(),
        minutes: time_spent::counted(timer.started_at, ctx.now),
        note: time_spent::note(said.note.as_deref().unwrap_or_default()).map_err(|fault| ApiError::invalid(vec![fault]))?,
        billable: said.billable.unwrap_or(true),
    };
    let id: TimeEntryId = ctx.ids().next();
    let on = On { person: me, ticket: &timer.ticket_id, organization: timer.organization_id.as_ref() };
    let mut batch = store::stop(me, timer.started_at).to_vec();
    batch.extend(store::insert(&id, on, &spent, ctx.now));
    batch.push(audit::line(ctx, "time.created", id.as_str(), json!({ "ticket": timer.ticket_id, "to": told(&spent) })));
    batch.push(store::one(&id, &ctx.actor.ticket_scope()));
    let answers = ctx.db.batch(batch).await.map_err(refusal)?;
    answers
        .last()
        .and_then(|rows| rows.first().transpose())
        .transpose()?
        .ok_or_else(|| ApiError::internal("an entry was not answered"))
}

/// Stops the timer and writes nothing down. 404 when none runs.
pub async fn discard(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    let timer = timer(ctx).await?.ok_or_else(ApiError::not_found)?;
    let mut batch = store::stop(&ctx.person()?.id, timer.started_at).to_vec();
    batch.push(audit::line(ctx, "time.discarded", timer.ticket_id.as_str(), json!({})));
    ctx.db.batch(batch).await?;
    Ok(())
}
