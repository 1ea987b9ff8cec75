//! Missed promises: which ones are asked for, and how each of them stands.

use std::rc::Rc;

use chrono::{DateTime, Utc};
use shared::business_time::Calendar;
use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::http::Query;
use shared::id::{PolicyId, TicketId, UserId};
use shared::sla::{self, ClockKind, Miss, MissState, Priority};
use shared::store::sla_violations::{self as store, Place, ViolationFilter, ViolationRow};

use super::clocks::{STANDARD, standard_calendar};
use crate::context::Ctx;
use crate::context::directory::{Directory, Wanted};

/// A missed promise and how it stands.
pub struct Missed {
    /// What was written down when it was missed, and the ticket's clocks.
    pub row: ViolationRow,
    /// Name of the policy that promised it; `None` when it is gone, and for the standard one.
    pub policy_name: Option<String>,
    /// Name of whoever had the ticket then.
    pub assignee_name: Option<String>,
    /// How it stands.
    pub miss: Miss,
}

/// A page of missed promises.
pub struct MissedPage {
    /// The latest first.
    pub rows: Vec<Missed>,
    /// The next page's cursor, if there is one.
    pub next: Option<String>,
    /// The desk that they are of.
    pub directory: Rc<Directory>,
}

/// Which missed promises a query asks for. How the period is written is the caller's: `from` and `to` read its two ends.
pub fn filter(
    query: &Query,
    from: &dyn Fn(&str) -> Option<DateTime<Utc>>,
    to: &dyn Fn(&str) -> Option<DateTime<Utc>>,
) -> Result<ViolationFilter, ApiError> {
    let mut faults = Vec::new();
    let policy = |text: &str| (text == STANDARD || PolicyId::parse(text).is_ok()).then(|| text.to_owned());
    let filter = ViolationFilter {
        clock: read_field(query, "clock", "unknown_value", &mut faults, ClockKind::parse),
        priority: read_field(query, "priority", "unknown_value", &mut faults, Priority::parse),
        assignee: read_field(query, "assignee", "unknown_value", &mut faults, |text| UserId::parse(text).ok()),
        policy: read_field(query, "policy", "unknown_value", &mut faults, policy),
        from: read_field(query, "from", "bad_moment", &mut faults, from),
        to: read_field(query, "to", "bad_moment", &mut faults, to),
        after: read_field(query, "cursor", "bad_cursor", &mut faults, place),
    };
    if faults.is_empty() { Ok(filter) } else { Err(ApiError::invalid(faults)) }
}

/// Loads a page of missed promises and `more` in one round trip; answers those of `more` beside it, in order.
pub async fn load(
    ctx: &Ctx<'_>,
    filter: &ViolationFilter,
    limit: u32,
    more: Vec<TenantStatement>,
) -> Result<(MissedPage, Vec<Rows>), ApiError> {
    let wanted = Wanted::of(ctx);
    let page = store::violations(filter, &ctx.actor.ticket_scope(), limit + 1);
    let batch: Vec<TenantStatement> = wanted.statements().into_iter().chain([page]).chain(more).collect();
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let directory = wanted.take(ctx, &mut answers)?;
    let page = answers.next().ok_or_else(|| ApiError::internal("the list was not answered"))?;
    let mut rows: Vec<ViolationRow> = page.all()?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let is_more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| is_more).map(cursor);
    let standard = standard_calendar(ctx.tenant.zone());
    let rows = rows.into_iter().map(|row| missed(ctx, row, &directory, &standard)).collect();
    Ok((MissedPage { rows, next, directory }, answers.collect()))
}

fn missed(ctx: &Ctx<'_>, row: ViolationRow, directory: &Directory, standard: &Calendar) -> Missed {
    let own = row.sla_calendar_id.as_ref().and_then(|id| directory.calendar(id));
    let policy = row.policy_id.as_deref().filter(|id| *id != STANDARD);
    Missed {
        miss: standing(ctx, &row, own.map_or(standard, |(_, calendar)| calendar)),
        policy_name: policy.and_then(|id| directory.promises.policy_name(id)).map(str::to_owned),
        assignee_name: row.assignee_id.as_ref().and_then(|id| directory.member(id)).map(|member| member.name.clone()),
        row,
    }
}

/// A deleted ticket waits for nobody, whatever its clocks say, and how long that went on tells nothing.
fn standing(ctx: &Ctx<'_>, row: &ViolationRow, calendar: &Calendar) -> Miss {
    let miss = sla::miss(row.clocks.as_ref(), row.clock, row.due_at, row.answered_at, ctx.now, calendar);
    if row.deleted && miss.state == MissState::Open {
        return Miss { state: MissState::Ended, over_seconds: None, ..miss };
    }
    miss
}

fn read_field<T>(
    query: &Query,
    field: &str,
    code: &'static str,
    faults: &mut Vec<FieldError>,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let text = query.filled(field)?;
    let value = parse(text);
    if value.is_none() {
        faults.push(FieldError::new(field, code));
    }
    value
}

/// Where a page ended, as the next one is asked for.
fn cursor(row: &ViolationRow) -> String {
    format!("{}.{}.{}", row.due_at.timestamp_millis(), row.ticket_id, row.clock.as_str())
}

fn place(text: &str) -> Option<Place> {
    let mut parts = text.split('.');
    let (due_at, ticket, clock) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?);
    let known = TicketId::parse(ticket).is_ok() && ClockKind::parse(clock).is_some() && parts.next().is_none();
    known.then(|| Place { due_at, ticket: ticket.to_owned(), clock: clock.to_owned() })
}
