//! Missed promises: which ones are asked for, and how each of them stands.

use chrono::{DateTime, Utc};
use shared::business_time::Calendar;
use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::http::Query;
use shared::id::{CalendarId, PolicyId, TicketId, UserId};
use shared::sla::{self, ClockKind, Miss, MissState, Priority};
use shared::store::sla::{self as sla_store, CalendarRow};
use shared::store::sla_violations::{self as store, Place, PolicyName, ViolationFilter, ViolationRow};

use super::clocks::{STANDARD, standard_calendar};
use crate::context::Ctx;

/// How many results [`read`] takes from the batch.
pub const STATEMENTS: usize = 3;

/// A missed promise and how it stands.
pub struct Missed {
    /// What was written down when it was missed, and the ticket's clocks.
    pub row: ViolationRow,
    /// Name of the policy that promised it; `None` when it is gone, and for the standard one.
    pub policy_name: Option<String>,
    /// How it stands.
    pub miss: Miss,
}

/// A page of missed promises.
pub struct MissedPage {
    /// The latest first.
    pub rows: Vec<Missed>,
    /// The next page's cursor, if there is one.
    pub next: Option<String>,
    /// The policies that there are, in their order.
    pub policies: Vec<PolicyName>,
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

/// The statements of a page: put them first into the batch that loads whatever else the page shows.
pub fn statements(filter: &ViolationFilter, limit: u32) -> Vec<TenantStatement> {
    vec![store::violations(filter, limit + 1), store::policy_names(), sla_store::calendars()]
}

/// The page from the first [`STATEMENTS`] results of the batch.
pub fn read(ctx: &Ctx<'_>, results: &[Rows], limit: u32) -> Result<MissedPage, ApiError> {
    let [rows, policies, calendars, ..] = results else { return Err(ApiError::internal("a list answered too few results")) };
    let mut rows: Vec<ViolationRow> = rows.all()?;
    let policies: Vec<PolicyName> = policies.all()?;
    let calendars: Vec<(CalendarId, Calendar)> = calendars
        .all::<CalendarRow>()?
        .into_iter()
        .filter_map(|row| serde_json::from_str(&row.definition).ok().map(|calendar| (row.id, calendar)))
        .collect();
    let standard = standard_calendar(ctx.tenant.zone());
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(cursor);
    let rows = rows
        .into_iter()
        .map(|row| {
            let calendar = store::calendar_of(&row, &calendars).unwrap_or(&standard);
            let name = policies.iter().find(|each| Some(&each.id) == row.policy_id.as_ref()).map(|each| each.name.clone());
            Missed { miss: standing(ctx, &row, calendar), policy_name: name, row }
        })
        .collect();
    Ok(MissedPage { rows, next, policies })
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
