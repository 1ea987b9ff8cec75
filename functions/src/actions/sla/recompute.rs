//! An edited calendar or policy, carried to the open tickets that count by it.
//!
//! The edit leaves a row in `sla_recomputes`; runs take it up, some tickets at a time, and note in the row how far they have come.
//! A run that dies is continued by the next: a ticket that was counted already comes out the same and is not written again.
//! Each ticket that changes gets a line in its history and an audit line with the old and the new deadlines.

use serde_json::{Value, json};
use shared::error::ApiError;
use shared::platform::Wake;
use shared::sla::{Clocks, DueColumns, Event};
use shared::store::sla_due::{self as store, OpenRow, Recompute};
use shared::store::sla_rules::{self, RuleRow};
use shared::ticket::{Reference, Visibility};

use super::clocks::{self, Promise};
use super::fire::load_all;
use super::policies::Rule;
use crate::actions::tickets::{Author, Loaded, Work};
use crate::context::Ctx;

/// Tickets of one step: loaded together, written one by one, noted together.
const CHUNK: u32 = 25;
/// How often a ticket is counted again that somebody else changes at the same moment.
const TRIES_MAX: u32 = 5;

/// Counts tickets anew, at most about `limit`. Answers how many were looked at.
pub async fn recompute_due(ctx: &Ctx<'_>, limit: usize) -> Result<usize, ApiError> {
    let mut seen = 0;
    for mut job in ctx.db.run(store::pending()).await?.all::<Recompute>()? {
        let Some(subject) = Subject::load(ctx, &job).await? else {
            ctx.db.run(store::finish(&job)).await?;
            continue;
        };
        loop {
            if seen >= limit {
                ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: ctx.now });
                return Ok(seen);
            }
            let open: Vec<OpenRow> = ctx.db.run(store::next_open(&job, CHUNK)).await?.all()?;
            let Some(last) = open.last() else {
                ctx.db.run(store::finish(&job)).await?;
                break;
            };
            seen += open.len();
            count_all(ctx, &subject, &open).await?;
            job.after_number = last.number;
            ctx.db.run(store::progress(&job, last.number)).await?;
        }
    }
    Ok(seen)
}

/// What was edited, as it is now.
enum Subject {
    Calendar,
    Policy(Box<Rule>),
}

impl Subject {
    /// `None` when it is gone: its tickets keep what they have.
    async fn load(ctx: &Ctx<'_>, job: &Recompute) -> Result<Option<Self>, ApiError> {
        if job.subject.starts_with("cal_") {
            return Ok(Some(Self::Calendar));
        }
        let Ok(id) = shared::id::PolicyId::parse(&job.subject) else { return Ok(None) };
        let row: Option<RuleRow> = sla_rules::rule_row(&ctx.db.run(sla_rules::rule(&id)).await?)?;
        row.map(Rule::read).transpose().map(|rule| rule.map(|rule| Self::Policy(Box::new(rule))))
    }
}

async fn count_all(ctx: &Ctx<'_>, subject: &Subject, open: &[OpenRow]) -> Result<(), ApiError> {
    let mut references: Vec<Reference> = open.iter().map(|row| Reference::from(&row.id)).collect();
    let mut failure = None;
    for _ in 0..TRIES_MAX {
        let (loaded, unreadable) = load_all(ctx, &references).await?;
        failure = failure.or(unreadable);
        references.clear();
        let promises = match subject {
            Subject::Calendar => None,
            Subject::Policy(_) => Some(calendars(ctx).await?),
        };
        for ticket in loaded {
            let reference = Reference::from(&ticket.row.id);
            match count(ctx, subject, promises.as_ref(), ticket).await {
                Ok(()) => {}
                Err(error) if error.code == "stale_version" => references.push(reference),
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        if references.is_empty() {
            break;
        }
    }
    // A ticket that is changed without a pause is left to the next run: the row has not moved on.
    let restless = (!references.is_empty()).then(|| ApiError::unavailable("tickets were changed while they were counted anew"));
    failure.or(restless).map_or(Ok(()), Err)
}

async fn calendars(ctx: &Ctx<'_>) -> Result<clocks::Promises, ApiError> {
    let answers = ctx.db.batch(clocks::statements().to_vec()).await?;
    let [policies, calendars] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    clocks::Promises::read(ctx.tenant, policies, calendars)
}

/// Counts one ticket anew. Nothing is written when nothing comes out otherwise.
async fn count(ctx: &Ctx<'_>, subject: &Subject, promises: Option<&clocks::Promises>, loaded: Loaded) -> Result<(), ApiError> {
    let before = loaded.row.clocks.clone();
    let calendar_before = loaded.row.sla_calendar_id.clone();
    let Some(clocks) = &before else { return Ok(()) };
    let mut work = Work::begin(ctx, loaded, Author::system());
    match (subject, promises) {
        (Subject::Policy(rule), Some(promises)) => {
            let promise: Promise = promises.of(rule.id.as_str(), work.row.priority)?;
            if clocks.measure(&promise.terms) && promise.calendar_id == work.row.sla_calendar_id {
                return Ok(());
            }
            work.promise(promise);
        }
        _ => {
            let calendar = work.calendar();
            work.clocks(Event::CalendarEdited { calendar: &calendar });
        }
    }
    if before == work.row.clocks && calendar_before == work.row.sla_calendar_id {
        return Ok(());
    }
    let old = deadlines(Some(clocks));
    let new = deadlines(work.row.clocks.as_ref());
    if old != new {
        work.line("sla_changed", Visibility::Internal, headline(&old), headline(&new));
    }
    work.audited("sla_changed", json!({ "from": told(&old), "to": told(&new) }));
    work.save("sla.recomputed", None).await?;
    Ok(())
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
