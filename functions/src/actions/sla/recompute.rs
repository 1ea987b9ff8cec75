//! An edited calendar or policy, or another type of an organization, carried to the open tickets that count by it.
//!
//! The edit leaves a row in `sla_recomputes`; runs take it up, some tickets at a time, and note in the row how far they have come.
//! A run that dies is continued by the next: a ticket that was counted already comes out the same and is not written again.
//! Each ticket that changes gets a line in its history and an audit line with the old and the new deadlines.
//!
//! The tenant's own zone stands in the platform's database, and isolates remember it for a while. So a recount by a new zone is made
//! twice, the second time when nobody can remember the old one any more.

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;
use serde_json::{Value, json};
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::id::{OrganizationId, PolicyId};
use shared::limits::TENANT_CACHE_SECONDS;
use shared::platform::Wake;
use shared::sla::{ClockKind, Clocks, DueColumns, Event, Priority};
use shared::store::sla;
use shared::store::sla_due::{self as store, OpenRow, Recompute};
use shared::ticket::{Reference, Visibility};

use super::clocks::{self, Promise, Promises};
use super::fire::load_all;
use crate::actions::tickets::{Author, Loaded, Work};
use crate::context::Ctx;

/// Tickets of one step: loaded together, written one by one, noted together.
const CHUNK: u32 = 25;
/// How often a ticket is counted again that somebody else changes at the same moment.
const TRIES_MAX: u32 = 5;
/// After so long nobody remembers a tenant's old zone: as long as an isolate does, and as long again for a request at work.
const ZONE_SETTLES_SECONDS: i64 = 2 * TENANT_CACHE_SECONDS;

/// Asks for a recount when the product brings another release of the time zones than the tenant's clocks count by, or when the
/// tenant's own zone is another one. Answers 0: what there is to do is done by [`recompute_due`].
pub async fn follow_zones(ctx: &Ctx<'_>) -> Result<usize, ApiError> {
    let mut batch = store::follow_zones(number_of(chrono_tz::IANA_TZDB_VERSION), ctx.now).to_vec();
    batch.extend(store::follow_zone(number_of(ctx.tenant.zone().name()), ctx.now));
    ctx.db.batch(batch).await?;
    Ok(0)
}

/// The statements that ask for a recount by the tenant's new zone; the caller wakes the timer.
pub fn zone_changed(ctx: &Ctx<'_>, zone: Tz) -> [TenantStatement; 2] {
    store::zone_changed(number_of(zone.name()), &ctx.actor.reference(), ctx.now)
}

/// A name (`2025b`, `Europe/Moscow`) as a number; different names that we meet give different ones.
fn number_of(name: &str) -> i64 {
    name.bytes().fold(0, |number, byte| (number * 67 + i64::from(byte)) % ((1 << 48) - 59))
}

/// Counts tickets anew, at most about `limit`. Answers how many were looked at. A ticket that cannot be read does not hold up the
/// others; its error is answered in the end.
pub async fn recompute_due(ctx: &Ctx<'_>, limit: usize) -> Result<usize, ApiError> {
    let mut seen = 0;
    let mut unreadable = None;
    for mut job in ctx.db.run(store::pending()).await?.all::<Recompute>()? {
        let Some(subject) = Subject::load(ctx, &job).await? else {
            ctx.db.run(store::finish(&job)).await?;
            continue;
        };
        loop {
            if seen >= limit {
                ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: ctx.now });
                return unreadable.map_or(Ok(seen), Err);
            }
            let open: Vec<OpenRow> = ctx.db.run(store::next_open(&job, CHUNK)).await?.all()?;
            let Some(last) = open.last() else {
                if ends(ctx, &mut job).await? {
                    break;
                }
                continue;
            };
            seen += open.len();
            unreadable = unreadable.or(Box::pin(count_all(ctx, &subject, &open)).await?);
            job.after_number = last.number;
            ctx.db.run(store::progress(&job, last.number)).await?;
        }
    }
    unreadable.map_or(Ok(seen), Err)
}

/// Whether the recount has nothing more to do in this run, its last ticket being done. A new zone of the tenant is counted by
/// twice, and the second pass begins once the old one is forgotten everywhere.
async fn ends(ctx: &Ctx<'_>, job: &mut Recompute) -> Result<bool, ApiError> {
    if job.subject != store::TENANT_ZONE || job.requested_at == 0 {
        ctx.db.run(store::finish(job)).await?;
        return Ok(true);
    }
    let settles = DateTime::from_timestamp_millis(job.requested_at).unwrap_or(ctx.now) + TimeDelta::seconds(ZONE_SETTLES_SECONDS);
    if ctx.now < settles {
        ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: settles });
        return Ok(true);
    }
    ctx.db.run(store::repeat(job)).await?;
    (job.requested_at, job.after_number) = (0, 0);
    Ok(false)
}

/// What was edited, as it is now.
enum Subject {
    /// A calendar, or the time zones: each ticket is loaded with the calendar that it counts by.
    Hours,
    /// A policy, with the calendars.
    Policy(PolicyId, Box<Promises>),
    /// The type of an organization: each of its tickets gets the policy that fits now.
    Organization(Box<Promises>),
}

impl Subject {
    /// `None` when it is gone: its tickets keep what they have.
    async fn load(ctx: &Ctx<'_>, job: &Recompute) -> Result<Option<Self>, ApiError> {
        let policy = PolicyId::parse(&job.subject).ok();
        if policy.is_none() && OrganizationId::parse(&job.subject).is_err() {
            return Ok(Some(Self::Hours));
        }
        let answers = ctx.db.batch(clocks::statements().to_vec()).await?;
        let [policies, calendars] = answers.as_slice() else {
            return Err(ApiError::internal("a batch of two answered otherwise"));
        };
        let promises = Promises::read(ctx.tenant, policies, calendars)?;
        let Some(id) = policy else { return Ok(Some(Self::Organization(Box::new(promises)))) };
        Ok(promises.of(id.as_str(), Priority::Medium)?.is_some().then(|| Self::Policy(id, Box::new(promises))))
    }
}

/// Counts the tickets of one step. Answers the first one that could not be read.
async fn count_all(ctx: &Ctx<'_>, subject: &Subject, open: &[OpenRow]) -> Result<Option<ApiError>, ApiError> {
    let mut references: Vec<Reference> = open.iter().map(|row| Reference::from(&row.id)).collect();
    let mut failure = None;
    for _ in 0..TRIES_MAX {
        let (loaded, unreadable) = load_all(ctx, &references).await?;
        failure = failure.or(unreadable);
        references.clear();
        for ticket in loaded {
            let reference = Reference::from(&ticket.row.id);
            match count(ctx, subject, ticket).await {
                Err(error) if error.code == "stale_version" => references.push(reference),
                result => result?,
            }
        }
        if references.is_empty() {
            return Ok(failure);
        }
    }
    // A ticket that is changed without a pause is left to the next run: the row has not moved on.
    Err(ApiError::unavailable("tickets were changed while they were counted anew"))
}

/// Counts one ticket anew. Nothing is written when nothing comes out otherwise.
async fn count(ctx: &Ctx<'_>, subject: &Subject, loaded: Loaded) -> Result<(), ApiError> {
    let before = loaded.row.clocks.clone();
    let calendar_before = loaded.row.sla_calendar_id.clone();
    let mut work = Work::begin(ctx, loaded, Author::system());
    match subject {
        Subject::Hours => {
            let calendar = work.calendar();
            work.clocks(Event::CalendarEdited { calendar: &calendar });
            retract(&mut work, before.as_ref());
        }
        Subject::Policy(id, promises) => {
            let Some(promise) = promises.of(id.as_str(), work.row.priority)? else { return Ok(()) };
            promise_anew(&mut work, promise);
        }
        Subject::Organization(promises) => {
            let promise = promises.find(&clocks::facts(&work.row))?;
            promise_anew(&mut work, promise);
        }
    }
    if before == work.row.clocks && calendar_before == work.row.sla_calendar_id {
        return Ok(());
    }
    let old = deadlines(before.as_ref());
    let new = deadlines(work.row.clocks.as_ref());
    if old != new {
        work.line("sla_changed", Visibility::Internal, headline(&old), headline(&new));
    }
    work.audited("sla_changed", json!({ "from": told(&old), "to": told(&new) }));
    work.save("sla.recomputed", None).await?;
    Ok(())
}

/// Gives the ticket a promise, unless it has it already.
fn promise_anew(work: &mut Work<'_, '_>, promise: Promise) {
    let has_it = match &work.row.clocks {
        Some(clocks) => clocks.measure(&promise.terms) && promise.calendar_id == work.row.sla_calendar_id,
        None => promise.terms.policy_id.is_none(),
    };
    if !has_it {
        work.promise(promise);
    }
}

/// What was missed by the calendar of before and is not by the present one was never missed: the list of violations forgets it, the
/// audit log says so.
fn retract(work: &mut Work<'_, '_>, before: Option<&Clocks>) {
    let (Some(before), Some(after)) = (before, &work.row.clocks) else { return };
    let forgiven: Vec<_> = ClockKind::ALL
        .into_iter()
        .filter(|kind| after.clock(*kind).breached_at().is_none())
        .filter_map(|kind| Some((kind, before.clock(kind).breached_at()?)))
        .collect();
    for (clock, due_at) in forgiven {
        let statement = sla::retract_violation(&work.row.id, clock, due_at);
        work.also(statement);
        work.audited("sla_breach_retracted", json!({ "clock": clock, "due_at": due_at }));
    }
}

fn deadlines(clocks: Option<&Clocks>) -> DueColumns {
    clocks.map(Clocks::columns).unwrap_or_default()
}

/// The deadline that a line of the history names: of the resolution, else of the answer that is due.
fn headline(due: &DueColumns) -> Option<String> {
    due.resolution_due_at.or(due.next_due_at).map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

fn told(due: &DueColumns) -> Value {
    json!({
        "first_response_due_at": due.first_response_due_at,
        "next_response_due_at": due.next_response_due_at,
        "resolution_due_at": due.resolution_due_at,
    })
}
