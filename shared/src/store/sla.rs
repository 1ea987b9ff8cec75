//! Policies, calendars, and the timers and violations of tickets.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;

use crate::database::{TenantStatement, Value};
use crate::id::{CalendarId, PolicyId, TicketId, UserId};
use crate::sla::{ClockKind, DueKind, DueMoment, Priority};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// Every policy in order, for matching.
    POLICIES = "SELECT id, definition FROM sla_rules WHERE tenant_id = ?1 ORDER BY position, id LIMIT 200";
    /// Every calendar, for the policies.
    CALENDARS = "SELECT id, definition FROM sla_calendars WHERE tenant_id = ?1 ORDER BY id LIMIT 200";
    /// The due moments of a ticket are set anew with each change of its clocks.
    CLEAR_TIMERS = "DELETE FROM sla_timers WHERE tenant_id = ?1 AND ticket_id = ?2";
    /// All of them in one go.
    INSERT_TIMERS = "INSERT INTO sla_timers (tenant_id, ticket_id, clock, percent, due_at)
        SELECT ?1, ?2, json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]'), json_extract(j.value, '$[2]') FROM json_each(?3) j WHERE ?1 <> ''
        ON CONFLICT (tenant_id, ticket_id, clock, percent) DO UPDATE SET due_at = excluded.due_at";
    /// A missed promise, once.
    INSERT_VIOLATION = "INSERT INTO sla_violations (tenant_id, ticket_id, clock, due_at, number, policy_id, priority, assignee_id, detected_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (tenant_id, ticket_id, clock, due_at) DO NOTHING";
    /// A promise that was not missed after all.
    RETRACT_VIOLATION = "DELETE FROM sla_violations WHERE tenant_id = ?1 AND ticket_id = ?2 AND clock = ?3 AND due_at = ?4";
}

/// A policy as stored.
#[derive(Debug, Clone, Deserialize)]
pub struct PolicyRow {
    /// Id.
    pub id: PolicyId,
    /// `shared::sla::PolicyIn` as JSON.
    pub definition: String,
}

/// A calendar as stored.
#[derive(Debug, Clone, Deserialize)]
pub struct CalendarRow {
    /// Id.
    pub id: CalendarId,
    /// `shared::business_time::CalendarIn` as JSON.
    pub definition: String,
}

/// The tenant's policies; read the rows as [`PolicyRow`].
pub fn policies() -> TenantStatement {
    POLICIES.with(values![])
}

/// The tenant's calendars; read the rows as [`CalendarRow`].
pub fn calendars() -> TenantStatement {
    CALENDARS.with(values![])
}

/// The moments at which something is to be told of a ticket's clocks, in place of those that stood there.
pub fn replace_timers(ticket: &TicketId, moments: &[DueMoment]) -> Vec<TenantStatement> {
    let mut statements = vec![CLEAR_TIMERS.with(values![ticket])];
    if !moments.is_empty() {
        let rows: Vec<serde_json::Value> = moments
            .iter()
            .map(|moment| {
                let percent = match moment.kind {
                    DueKind::Breach => 0,
                    DueKind::Warning(percent) => percent,
                };
                json!([moment.clock.as_str(), percent, moment.tell_at().timestamp_millis()])
            })
            .collect();
        statements.push(INSERT_TIMERS.with(vec![Value::from(ticket), crate::database::list(&rows)]));
    }
    statements
}

/// A missed promise.
#[derive(Debug, Clone)]
pub struct Violation<'a> {
    /// Of which ticket.
    pub ticket: &'a TicketId,
    /// Its number.
    pub number: i64,
    /// The clock and the deadline.
    pub moment: &'a DueMoment,
    /// The policy that had promised it.
    pub policy: Option<&'a str>,
    /// The priority for which it was promised.
    pub priority: Priority,
    /// Who had the ticket then.
    pub assignee: Option<&'a UserId>,
    /// When it was found.
    pub detected_at: DateTime<Utc>,
}

/// Writes a missed promise down. The same one twice is one.
pub fn violation(missed: &Violation<'_>) -> TenantStatement {
    INSERT_VIOLATION.with(values![
        missed.ticket,
        missed.moment.clock.as_str(),
        missed.moment.at,
        missed.number,
        missed.policy,
        missed.priority.as_str(),
        missed.assignee,
        missed.detected_at
    ])
}

/// Takes a missed promise back.
pub fn retract_violation(ticket: &TicketId, clock: ClockKind, due_at: DateTime<Utc>) -> TenantStatement {
    RETRACT_VIOLATION.with(values![ticket, clock.as_str(), due_at])
}
