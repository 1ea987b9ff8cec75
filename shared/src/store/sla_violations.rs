//! The list of missed promises.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::TenantStatement;
use crate::id::{TicketId, UserId};
use crate::sla::{ClockKind, Priority};
use crate::tenant_statements;
use crate::values;

/// The columns of [`ViolationRow`].
macro_rules! violation_rows {
    ($rest:literal) => {
        concat!(
            "SELECT v.ticket_id, v.number, v.clock, v.due_at, v.policy_id, p.name AS policy_name, v.priority, v.assignee_id, a.name AS assignee_name,
                    v.detected_at
                FROM sla_violations v LEFT JOIN users a ON a.tenant_id = v.tenant_id AND a.id = v.assignee_id
                    LEFT JOIN sla_rules p ON p.tenant_id = v.tenant_id AND p.id = v.policy_id
                WHERE v.tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// Missed promises, the latest first.
    VIOLATIONS = violation_rows!("AND v.due_at >= ?2 AND v.due_at < ?3 AND (v.due_at, v.ticket_id, v.clock) < (?4, ?5, ?6)
            AND (?7 IS NULL OR +v.clock = ?7) AND (?8 IS NULL OR +v.priority = ?8) AND ?9 IS NULL
        ORDER BY v.due_at DESC, v.ticket_id DESC, v.clock DESC LIMIT ?10");
    /// Those of one clock.
    VIOLATIONS_BY_CLOCK = violation_rows!("AND v.clock = ?7 AND v.due_at >= ?2 AND v.due_at < ?3 AND (v.due_at, v.ticket_id, v.clock) < (?4, ?5, ?6)
            AND ?8 IS NULL AND ?9 IS NULL
        ORDER BY v.due_at DESC, v.ticket_id DESC, v.clock DESC LIMIT ?10");
    /// Those at one priority.
    VIOLATIONS_BY_PRIORITY = violation_rows!("AND v.priority = ?8 AND v.due_at >= ?2 AND v.due_at < ?3 AND (v.due_at, v.ticket_id, v.clock) < (?4, ?5, ?6)
            AND (?7 IS NULL OR +v.clock = ?7) AND ?9 IS NULL
        ORDER BY v.due_at DESC, v.ticket_id DESC, v.clock DESC LIMIT ?10");
    /// Those of one assignee.
    VIOLATIONS_BY_ASSIGNEE = violation_rows!("AND v.assignee_id = ?9 AND v.due_at >= ?2 AND v.due_at < ?3 AND (v.due_at, v.ticket_id, v.clock) < (?4, ?5, ?6)
            AND (?7 IS NULL OR +v.clock = ?7) AND (?8 IS NULL OR +v.priority = ?8)
        ORDER BY v.due_at DESC, v.ticket_id DESC, v.clock DESC LIMIT ?10");
}

/// A missed promise.
#[derive(Debug, Clone, Deserialize)]
pub struct ViolationRow {
    /// Of which ticket.
    pub ticket_id: TicketId,
    /// Its number.
    pub number: i64,
    /// Which promise.
    pub clock: ClockKind,
    /// The moment that was missed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub due_at: DateTime<Utc>,
    /// The policy that promised it.
    pub policy_id: Option<String>,
    /// Its name; `None` when it is gone.
    pub policy_name: Option<String>,
    /// The ticket's priority then.
    pub priority: Priority,
    /// Who had the ticket then.
    pub assignee_id: Option<UserId>,
    /// Name of the assignee.
    pub assignee_name: Option<String>,
    /// When it was noticed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub detected_at: DateTime<Utc>,
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
    /// Missed at this moment or later.
    pub from: Option<DateTime<Utc>>,
    /// Missed before this moment.
    pub to: Option<DateTime<Utc>>,
    /// After the last row of the page before: moment in milliseconds, ticket, clock.
    pub after: Option<(i64, String, String)>,
}

/// A page of missed promises, the latest first; read the rows as [`ViolationRow`].
pub fn violations(filter: &ViolationFilter, limit: u32) -> TenantStatement {
    let statement = match (&filter.assignee, filter.priority, filter.clock) {
        (Some(_), _, _) => VIOLATIONS_BY_ASSIGNEE,
        (None, Some(_), _) => VIOLATIONS_BY_PRIORITY,
        (None, None, Some(_)) => VIOLATIONS_BY_CLOCK,
        (None, None, None) => VIOLATIONS,
    };
    // Later than any moment that JavaScript knows.
    let end = 8_640_000_000_000_001_i64;
    let (due_at, ticket, clock) = filter.after.clone().unwrap_or((end, String::new(), String::new()));
    statement.with(values![
        filter.from.map_or(0, |from| from.timestamp_millis()),
        filter.to.map_or(end, |to| to.timestamp_millis()),
        due_at,
        ticket,
        clock,
        filter.clock.map(ClockKind::as_str),
        filter.priority.map(Priority::as_str),
        filter.assignee.as_ref(),
        limit
    ])
}
