//! The SLA board: unfinished tickets by when they are due, by all clocks or by one.

use std::rc::Rc;

use chrono::{DateTime, Days, TimeDelta, TimeZone, Utc};
use shared::error::ApiError;
use shared::id::DepartmentId;
use shared::sla::{ClockKind, DueKind};
use shared::store::queues::{self, Counts};
use shared::store::sla_board::{self as store, Lane};
use shared::store::{ticket_counts, ticket_list as lists};
use shared::ticket_list::{Assignee, Cursor, ListRequest, Order};

use super::{Size, bare, counted};
use crate::actions::ticket_list::{self, TicketPage};
use crate::context::Ctx;
use crate::context::directory::Directory;

/// The lanes, the most urgent first.
pub const LANES: [&str; 5] = ["breached", "hour", "today", "later", "paused"];

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// By this clock; `None` by whichever is due first.
    pub clock: Option<ClockKind>,
    /// Of this department alone.
    pub department: Option<DepartmentId>,
    /// Of this assignee or none.
    pub assignee: Assignee,
    /// One lane alone.
    pub lane: Option<String>,
    /// Where that lane goes on.
    pub cursor: Option<String>,
}

/// A lane with its tickets.
pub struct LanePage {
    /// One of [`LANES`].
    pub key: &'static str,
    /// One page of its tickets.
    pub page: TicketPage,
    /// How many it has in all.
    pub size: Size,
    /// Where its next page begins.
    pub next: Option<String>,
}

/// The board.
pub struct Board {
    /// The lanes.
    pub lanes: Vec<LanePage>,
    /// The desk.
    pub directory: Rc<Directory>,
    /// What the navigation shows.
    pub counts: Counts,
}

/// Loads the board in one round trip; 404 for a lane that is none.
pub async fn load(ctx: &Ctx<'_>, asked: &Asked) -> Result<Board, ApiError> {
    let scope = ctx.actor.ticket_scope();
    let keys: Vec<&'static str> = match &asked.lane {
        None => LANES.to_vec(),
        Some(lane) => vec![LANES.into_iter().find(|key| key == lane).ok_or_else(ApiError::not_found)?],
    };
    let requests = keys.iter().map(|key| request(ctx, asked, key)).collect::<Result<Vec<_>, _>>()?;
    let reads_notes = false;
    let mut statements = Vec::with_capacity(keys.len());
    let mut more = vec![queues::counts(&ctx.person()?.id)];
    for (key, request) in keys.iter().zip(&requests) {
        let lane = lane(ctx, asked, key);
        let (rows, count) = match &lane {
            Some(lane) => (store::rows(&scope, lane, request), store::count(&scope, lane, request)),
            None => (lists::page(ctx.tenant, &scope, reads_notes, request), ticket_counts::count(&scope, request)),
        };
        statements.push((request, rows));
        more.extend(count);
    }
    let (pages, answers) = ticket_list::load_by(ctx, statements, more).await?;
    let mut answers = answers.into_iter();
    let mut next = || answers.next().ok_or_else(|| ApiError::internal("the board answered too few results"));
    let counts = queues::read(&next()?)?;
    let directory = pages.first().map(|page| Rc::clone(&page.directory)).ok_or_else(ApiError::not_found)?;
    let mut lanes = Vec::with_capacity(keys.len());
    for (key, mut page) in keys.into_iter().zip(pages) {
        let size = if scope.is_nothing() { Size { tickets: 0, or_more: false } } else { counted(&next()?)? };
        let next =
            page.next.take().and_then(|next| if by_timers(asked, key) { goes_on(&page, asked.clock?) } else { Some(next) });
        lanes.push(LanePage { key, page, size, next });
    }
    Ok(Board { lanes, directory, counts })
}

/// The moments between which a lane's deadlines lie; none of the lane whose clocks stand.
fn lane(ctx: &Ctx<'_>, asked: &Asked, key: &str) -> Option<Lane> {
    let hour = ctx.now + TimeDelta::hours(1);
    let tomorrow = tomorrow(ctx).max(hour);
    let (from, to) = match key {
        "breached" => (None, ctx.now),
        "hour" => (Some(ctx.now), hour),
        "today" => (Some(hour), tomorrow),
        "later" => (Some(tomorrow), DateTime::<Utc>::MAX_UTC),
        _ => return None,
    };
    Some(Lane { from, to, clock: asked.clock })
}

/// When the reader's next day begins.
fn tomorrow(ctx: &Ctx<'_>) -> DateTime<Utc> {
    let zone = ctx.zone();
    let date = ctx.now.with_timezone(&zone).date_naive().checked_add_days(Days::new(1));
    let beginning = |hour| zone.from_local_datetime(&date?.and_hms_opt(hour, 0, 0)?).earliest();
    (0..3).find_map(beginning).map_or(ctx.now + TimeDelta::days(1), |at| at.to_utc())
}

/// The list behind a lane.
fn request(ctx: &Ctx<'_>, asked: &Asked, key: &str) -> Result<ListRequest, ApiError> {
    let mut request = bare(ctx)?;
    request.filter.department.clone_from(&asked.department);
    request.filter.assignee = asked.assignee.clone();
    request.filter.is_open = Some(true);
    request.order = store::ORDER;
    if key == "paused" {
        request.filter.status = Some("waiting_customer".to_owned());
        request.order = Order { descending: false, ..Order::DEFAULT };
    }
    let cursor = asked.cursor.as_deref();
    let cursor = cursor.map(|text| Cursor::decode(text, request.order).ok_or_else(|| ApiError::field("cursor", "bad_cursor")));
    request.cursor = cursor.transpose()?;
    Ok(request)
}

/// Whether the lane is in the order of one clock's deadlines, and not of the ticket's next one.
fn by_timers(asked: &Asked, key: &str) -> bool {
    asked.clock.is_some() && !matches!(key, "breached" | "paused")
}

/// Where a lane in the order of one clock goes on after its last row: at the moment for which its timer stands, which is not quite the
/// deadline.
fn goes_on(page: &TicketPage, clock: ClockKind) -> Option<String> {
    let last = page.rows.last()?;
    let moments = last.clocks.as_ref()?.due_moments(page.calendar(last));
    let missed = moments.iter().find(|moment| moment.clock == clock && moment.kind == DueKind::Breach)?;
    Some(Cursor { keys: [missed.tell_at().timestamp_millis(), last.number, 0] }.encode(store::ORDER))
}
