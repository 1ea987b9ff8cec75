//! Missed promises, a page at a time: one statement for each index, all with the same columns and parameters.
//!
//! Parameters: ?2 and ?3 the period, ?4 to ?6 the last row of the page before, ?7 clock, ?8 priority, ?9 assignee, ?10 policy, ?11 rows, ?12 and ?13 the actor's scope.
//! A filter that the index does not carry is looked at row by row; its `+` keeps it out of the choice of an
//! index. Each statement names its own: left alone the planner takes the index by time, and looks at everybody's.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::scope::{self, in_scope};
use crate::access::TicketScope;
use crate::database::{TenantStatement, bool_from_integer};
use crate::id::{CalendarId, TicketId, UserId};
use crate::sla::{ClockKind, Clocks, Priority};
use crate::tenant_statements;
use crate::values;

/// Later than any moment that JavaScript knows.
const END: i64 = 8_640_000_000_000_001;

/// `answered_at` is asked for only where the ticket's clock is about another deadline by now: then it does not know any more when
/// this one was answered.
macro_rules! violations {
    ($index:literal, $driver:literal) => {
        concat!(
            "SELECT v.ticket_id, v.number, v.clock, v.due_at, v.policy_id, v.priority, v.assignee_id, v.detected_at,
            t.title, t.deleted_at IS NOT NULL AS deleted, t.sla, t.sla_calendar_id,
            CASE WHEN json_extract(t.sla, CASE v.clock WHEN 'first_response' THEN '$.first.breached' WHEN 'next_response' THEN '$.next.breached'
                    ELSE '$.resolution.breached' END) * 1000 = v.due_at THEN NULL
                WHEN v.clock = 'resolution' THEN (SELECT h.at FROM ticket_history h
                    WHERE h.tenant_id = ?1 AND h.ticket_id = v.ticket_id AND h.at >= v.due_at AND h.kind = 'status'
                        AND h.new_value IN ('resolved', 'closed') ORDER BY h.at, h.id LIMIT 1)
                ELSE (SELECT c.created_at FROM ticket_comments c
                    WHERE c.tenant_id = ?1 AND c.ticket_id = v.ticket_id AND c.created_at >= v.due_at AND c.visibility = 'public'
                        AND c.author_is_staff = 1 AND c.author_id IS NOT t.requester_id ORDER BY c.created_at, c.id LIMIT 1)
            END AS answered_at
            FROM sla_violations v INDEXED BY ",
            $index,
            " LEFT JOIN tickets t ON t.tenant_id = v.tenant_id AND t.id = v.ticket_id
            WHERE v.tenant_id = ?1 ",
            $driver,
            " AND v.due_at >= ?2 AND v.due_at < ?3 AND (v.due_at, v.ticket_id, v.clock) < (?4, ?5, ?6)
                AND (?7 IS NULL OR +v.clock = ?7) AND (?8 IS NULL OR +v.priority = ?8) AND (?9 IS NULL OR +v.assignee_id = ?9)
                AND (?10 IS NULL OR +v.policy_id = ?10)",
            in_scope!("?12", "?13"),
            "ORDER BY v.due_at DESC, v.ticket_id DESC, v.clock DESC LIMIT ?11"
        )
    };
}

tenant_statements! {
    /// Missed promises, the latest first.
    VIOLATIONS = violations!("sla_violations_by_time", "");
    /// Those of one clock.
    BY_CLOCK = violations!("sla_violations_by_clock", "AND v.clock = ?7");
    /// Those at one priority.
    BY_PRIORITY = violations!("sla_violations_by_priority", "AND v.priority = ?8");
    /// Those of one assignee.
    BY_ASSIGNEE = violations!("sla_violations_by_assignee", "AND v.assignee_id = ?9");
    /// Those of one policy.
    BY_POLICY = violations!("sla_violations_by_policy", "AND v.policy_id = ?10");
}

/// Which missed promises to list.
#[derive(Debug, Clone, Default)]
pub struct ViolationFilter {
    /// Of this clock.
    pub clock: Option<ClockKind>,
    /// At this priority.
    pub priority: Option<Priority>,
    /// Of this assignee.
    pub assignee: Option<UserId>,
    /// Promised by this policy.
    pub policy: Option<String>,
    /// Missed at this moment or later.
    pub from: Option<DateTime<Utc>>,
    /// Missed before this moment.
    pub to: Option<DateTime<Utc>>,
    /// After the last row of the page before.
    pub after: Option<Place>,
}

/// A place in the list: the sort keys of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The moment that was missed, milliseconds since 1970.
    pub due_at: i64,
    /// Of which ticket.
    pub ticket: String,
    /// Which promise.
    pub clock: String,
}

/// A missed promise, with what its ticket's clocks know of it.
#[derive(Debug, Clone, Deserialize)]
pub struct ViolationRow {
    /// Of which ticket.
    pub ticket_id: TicketId,
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Whether it was deleted.
    #[serde(deserialize_with = "bool_from_integer")]
    pub deleted: bool,
    /// Which promise.
    pub clock: ClockKind,
    /// The moment that was missed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub due_at: DateTime<Utc>,
    /// The policy that promised it.
    pub policy_id: Option<String>,
    /// The ticket's priority then.
    pub priority: Priority,
    /// Who had the ticket then.
    pub assignee_id: Option<UserId>,
    /// When it was noticed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub detected_at: DateTime<Utc>,
    /// The ticket's clocks as they are now.
    #[serde(rename = "sla", deserialize_with = "crate::ticket::clocks")]
    pub clocks: Option<Clocks>,
    /// The calendar that they count by; `None` is the standard one.
    pub sla_calendar_id: Option<CalendarId>,
    /// When it was answered, where the clock does not know any more.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub answered_at: Option<DateTime<Utc>>,
}

/// A page of missed promises, the latest first; read the rows as [`ViolationRow`].
pub fn violations(filter: &ViolationFilter, scope: &TicketScope, limit: u32) -> TenantStatement {
    let statement = match (&filter.assignee, &filter.policy, filter.priority, filter.clock) {
        (Some(_), ..) => BY_ASSIGNEE,
        (None, Some(_), ..) => BY_POLICY,
        (None, None, Some(_), _) => BY_PRIORITY,
        (None, None, None, Some(_)) => BY_CLOCK,
        (None, None, None, None) => VIOLATIONS,
    };
    let after = filter.after.clone().unwrap_or(Place { due_at: END, ticket: String::new(), clock: String::new() });
    let mut values = values![
        filter.from.map_or(0, |from| from.timestamp_millis()),
        // The index is entered by the period alone: it ends where the page before did.
        filter.to.map_or(END, |to| to.timestamp_millis()).min(after.due_at.saturating_add(1)),
        after.due_at,
        after.ticket,
        after.clock,
        filter.clock.map(ClockKind::as_str),
        filter.priority.map(Priority::as_str),
        filter.assignee.as_ref(),
        filter.policy.as_deref(),
        limit
    ];
    values.extend(scope::values(scope));
    statement.with(values)
}
