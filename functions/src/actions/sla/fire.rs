//! SLA moments that have come: warnings and breaches, each told exactly once.
//!
//! The rows of `sla_timers` are the work, whoever asks for it: the tenant's alarm, a repetition of it, or the sweep. Each ticket
//! is written in one batch under the guard of its version, and the batch sets its rows anew from the clocks, which remember what
//! they have told. So of two runners only one gets through, and a run that dies leaves the rows to the next.

use shared::error::ApiError;
use shared::platform::Wake;
use shared::sla::{DueKind, DueMoment};
use shared::store::sla_due::{self as store, DueRow};
use shared::store::tickets;
use shared::ticket::{Reference, TicketRow};

use super::{breach, clocks};
use crate::actions::tickets::{Author, Loaded, Work};
use crate::context::Ctx;

/// Tickets that are loaded at once.
const CHUNK: u32 = 20;

/// Tells what is due, of at most about `limit` tickets. Answers how many warnings and breaches were told.
///
/// A ticket that somebody else writes at the same moment is left to the next run. One that cannot be read does not hold up the
/// others; its error is answered in the end.
pub async fn fire_due(ctx: &Ctx<'_>, limit: usize) -> Result<usize, ApiError> {
    let mut told = 0;
    let mut seen = 0;
    let mut after: Option<DueRow> = None;
    let mut failure = None;
    loop {
        let page = store::due_rows(&ctx.db.run(store::due(ctx.now, after.as_ref(), CHUNK)).await?)?;
        let Some(last) = page.last().cloned() else { break };
        if seen >= limit {
            ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: ctx.now });
            break;
        }
        let (loaded, unreadable) = load(ctx, &page).await?;
        failure = failure.or(unreadable);
        seen += page.len();
        for ticket in loaded {
            match fire(ctx, ticket).await {
                Ok(count) => told += count,
                Err(error) if error.code == "stale_version" => {}
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        after = Some(last);
    }
    failure.map_or(Ok(told), Err)
}

/// The tickets of a page of moments, each once.
async fn load(ctx: &Ctx<'_>, page: &[DueRow]) -> Result<(Vec<Loaded>, Option<ApiError>), ApiError> {
    let mut references: Vec<Reference> = Vec::new();
    for row in page {
        let reference = Reference::from(&row.ticket_id);
        if !references.contains(&reference) {
            references.push(reference);
        }
    }
    load_all(ctx, &references).await
}

/// Loads tickets in one round trip; whatever their state. Beside them the first one that could not be read.
pub(in crate::actions) async fn load_all(
    ctx: &Ctx<'_>,
    references: &[Reference],
) -> Result<(Vec<Loaded>, Option<ApiError>), ApiError> {
    let statements = references.iter().flat_map(|reference| [tickets::find(reference), tickets::followers(reference)]).collect();
    let answers = ctx.db.batch(statements).await?;
    let mut loaded = Vec::new();
    let mut failure = None;
    for pair in answers.chunks(2) {
        let [ticket, followers] = pair else { continue };
        match (tickets::ticket(ticket), tickets::follower_rows(followers)) {
            (Ok(Some(row)), Ok(followers)) => loaded.push(Loaded { row, followers, more: Vec::new().into_iter() }),
            (Ok(None), _) => {}
            (Err(error), _) | (_, Err(error)) => failure = failure.or(Some(error.into())),
        }
    }
    Ok((loaded, failure))
}

/// Tells what is due of one ticket, in one batch.
async fn fire(ctx: &Ctx<'_>, mut loaded: Loaded) -> Result<usize, ApiError> {
    let due = take_due(ctx, &mut loaded.row);
    if due.is_empty() {
        return tidy(ctx, &loaded.row).await;
    }
    let mut work = Work::begin(ctx, loaded, Author::system());
    for moment in &due {
        if let DueKind::Warning(percent) = moment.kind {
            let later = |other: &DueMoment| other.clock == moment.clock && other.kind > moment.kind;
            breach::warn(&mut work, moment, percent, !due.iter().any(later));
        }
    }
    work.breached(due.iter().copied().filter(|moment| moment.kind == DueKind::Breach));
    work.save("sla.fired", None).await?;
    Ok(due.len())
}

fn take_due(ctx: &Ctx<'_>, row: &mut TicketRow) -> Vec<DueMoment> {
    if row.deleted_at.is_some() {
        return Vec::new();
    }
    let calendar = clocks::calendar_of(ctx.tenant, row);
    row.clocks.as_mut().map(|clocks| clocks.take_due(ctx.now, &calendar)).unwrap_or_default()
}

/// Rows that mean nothing (any more) are set anew, so that they do not come up for ever.
async fn tidy(ctx: &Ctx<'_>, row: &TicketRow) -> Result<usize, ApiError> {
    let calendar = clocks::calendar_of(ctx.tenant, row);
    let mut batch = vec![tickets::guard_version(&row.id, row.version)];
    batch.extend(clocks::rows(row, &calendar).0);
    ctx.db.batch(batch).await?;
    Ok(0)
}
