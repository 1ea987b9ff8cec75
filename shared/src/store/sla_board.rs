//! Lanes of the SLA board: unfinished tickets whose deadline lies between two moments, the next one due first.
//!
//! Whichever deadline comes first is a column of the ticket, and an index has its order. What one clock is due at is looked up in
//! `sla_timers`, which has a row for each deadline that lies ahead; what one clock has missed is found among what is overdue at all.
//! All bounds are seeks, so that a lane costs what it shows, however much is due after it.
//!
//! Parameters are those of [`ticket_list`](super::ticket_list): ?3 and ?4 where the lane begins or goes on, ?21 where it ends; ?42 is the clock.

use super::scope::in_scope;
use super::ticket_list::{LARGEST, columns, filters, parameters, people};
use crate::access::TicketScope;
use crate::database::{TenantStatement, Value};
use crate::limits::VIEW_COUNT_LOOKED;
use crate::sla::ClockKind;
use crate::tenant_statements;
use crate::ticket_list::{Assignee, Cursor, ListRequest, Order, Sort};

use chrono::{DateTime, Utc};

/// The rest of a lane's statement by what it walks along.
macro_rules! lane {
    (any) => { "tickets t INDEXED BY tickets_open_by_due" };
    (of) => { "tickets t INDEXED BY tickets_by_assignee_due" };
    (clock) => { "sla_timers s INDEXED BY sla_timers_by_clock CROSS JOIN tickets t ON t.tenant_id = s.tenant_id AND t.id = s.ticket_id" };
    (within any) => {
        " t.tenant_id = ?1 AND t.deleted_at IS NULL AND t.is_open = 1 AND t.next_due_at < ?21 AND (t.next_due_at, t.number) > (?3, ?4)"
    };
    (within of) => {
        " t.tenant_id = ?1 AND t.deleted_at IS NULL AND t.assignee_id IS ?12 AND t.is_open = 1 AND t.next_due_at < ?21
          AND (t.next_due_at, t.number) > (?3, ?4)"
    };
    (within clock) => {
        " s.tenant_id = ?1 AND s.due_at >= ?3 AND s.due_at < ?21 AND s.percent = 0 AND s.clock = ?42 AND t.deleted_at IS NULL AND t.is_open = 1
          AND (s.due_at > ?3 OR (s.due_at = ?3 AND t.number > ?4))"
    };
    (missed) => {
        "AND (?42 IS NULL OR CASE ?42 WHEN 'first_response' THEN t.first_response_due_at WHEN 'next_response' THEN t.next_response_due_at
            ELSE t.resolution_due_at END < ?21) "
    };
    (rows $along:ident, $order:literal) => {
        concat!(columns!(), "FROM ", lane!($along), people!(), "WHERE", lane!(within $along), filters!(), "ORDER BY ", $order, " LIMIT ?2")
    };
    (late $along:ident, $order:literal) => {
        concat!(columns!(), "FROM ", lane!($along), people!(), "WHERE", lane!(within $along), filters!(), lane!(missed), "ORDER BY ", $order, " LIMIT ?2")
    };
    (count $along:ident) => {
        concat!("SELECT COUNT(*) AS looked, COALESCE(SUM(seen.fits), 0) AS found FROM (SELECT (1", filters!(), ") AS fits FROM ", lane!($along),
            " WHERE", lane!(within $along), " LIMIT ?2) seen LIMIT 1")
    };
    (count late $along:ident) => {
        concat!("SELECT COUNT(*) AS looked, COALESCE(SUM(seen.fits), 0) AS found FROM (SELECT (1", filters!(), lane!(missed), ") AS fits FROM ",
            lane!($along), " WHERE", lane!(within $along), " LIMIT ?2) seen LIMIT 1")
    };
}

tenant_statements! {
    /// By whichever deadline comes first.
    DUE = lane!(rows any, "t.next_due_at, t.number");
    /// The same of one assignee or none.
    DUE_OF = lane!(rows of, "t.next_due_at, t.number");
    /// By the deadline of one clock.
    DUE_CLOCK = lane!(rows clock, "s.due_at, t.number");
    /// What one clock has missed.
    MISSED = lane!(late any, "t.next_due_at, t.number");
    /// The same of one assignee or none.
    MISSED_OF = lane!(late of, "t.next_due_at, t.number");
    /// How many there are of each.
    COUNT_DUE = lane!(count any);
    /// The same of one assignee or none.
    COUNT_DUE_OF = lane!(count of);
    /// By one clock.
    COUNT_CLOCK = lane!(count clock);
    /// What one clock has missed.
    COUNT_MISSED = lane!(count late any);
    /// The same of one assignee or none.
    COUNT_MISSED_OF = lane!(count late of);
}

/// The order of lanes.
pub const ORDER: Order = Order { sort: Sort::Due, descending: false };

/// A lane of the board.
#[derive(Debug, Clone, Copy)]
pub struct Lane {
    /// Due at this moment or later; `None` from the beginning: what is overdue.
    pub from: Option<DateTime<Utc>>,
    /// Due before this.
    pub to: DateTime<Utc>,
    /// By this clock; `None` by whichever is due first.
    pub clock: Option<ClockKind>,
}

impl Lane {
    /// `request` narrowed to the lane, from its beginning unless it goes on somewhere.
    fn narrow(&self, request: &ListRequest) -> ListRequest {
        let mut request = ListRequest { order: ORDER, ..request.clone() };
        request.filter.due_before = Some(self.to);
        let from = self.from.map_or(-1, |from| from.timestamp_millis() - 1);
        request.cursor = request.cursor.or(Some(Cursor { keys: [from, LARGEST, 0] }));
        request
    }
}

/// The next rows of a lane, one more than the page has; read them as a list's. None where the actor sees no tickets at all.
pub fn rows(scope: &TicketScope, lane: &Lane, request: &ListRequest) -> Option<TenantStatement> {
    if scope.is_nothing() {
        return None;
    }
    let statement = match (lane.clock, lane.from, &request.filter.assignee) {
        (Some(_), Some(_), _) => DUE_CLOCK,
        (Some(_), None, Assignee::Any) => MISSED,
        (Some(_), None, _) => MISSED_OF,
        (None, _, Assignee::Any) => DUE,
        (None, _, _) => DUE_OF,
    };
    let mut values = parameters(scope, &lane.narrow(request));
    values.extend(lane.clock.map(|clock| Value::from(clock.as_str())));
    Some(statement.with(values))
}

/// How many tickets a lane has, as far as the first ones tell; read the row as [`Counted`](super::ticket_counts::Counted).
pub fn count(scope: &TicketScope, lane: &Lane, request: &ListRequest) -> Option<TenantStatement> {
    if scope.is_nothing() {
        return None;
    }
    let (statement, is_late) = match (lane.clock, lane.from, &request.filter.assignee) {
        (Some(_), Some(_), _) => (COUNT_CLOCK, true),
        (Some(_), None, Assignee::Any) => (COUNT_MISSED, true),
        (Some(_), None, _) => (COUNT_MISSED_OF, true),
        (None, _, Assignee::Any) => (COUNT_DUE, false),
        (None, _, _) => (COUNT_DUE_OF, false),
    };
    let whole = ListRequest { cursor: None, limit: VIEW_COUNT_LOOKED - 1, ..request.clone() };
    let mut values = parameters(scope, &lane.narrow(&whole));
    if is_late {
        values.extend(lane.clock.map(|clock| Value::from(clock.as_str())));
    } else {
        // What follows ?39 is of rows, which a count has none of.
        values.truncate(38);
    }
    Some(statement.with(values))
}
