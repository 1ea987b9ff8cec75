//! Policies and calendars, read and changed one by one; and the list of missed promises.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement, Value};
use crate::id::{CalendarId, OrganizationId, PolicyId, TicketId, UserId};
use crate::sla::{ClockKind, Priority};
use crate::tenant_statements;
use crate::values;

/// Policies, and calendars, of one tenant: what matching reads at once.
pub const RULES_MAX: u32 = 200;

tenant_statements! {
    /// A page of policies in the order in which they are matched.
    RULES = "SELECT r.id, r.definition, r.version, r.created_at, r.updated_at, c.name AS calendar_name
        FROM sla_rules r JOIN sla_calendars c ON c.tenant_id = r.tenant_id AND c.id = r.calendar_id
        WHERE r.tenant_id = ?1 AND (r.position, r.id) > (?2, ?3) ORDER BY r.position, r.id LIMIT ?4";
    /// One policy.
    RULE = "SELECT r.id, r.definition, r.version, r.created_at, r.updated_at, c.name AS calendar_name
        FROM sla_rules r JOIN sla_calendars c ON c.tenant_id = r.tenant_id AND c.id = r.calendar_id
        WHERE r.tenant_id = ?1 AND r.id = ?2 LIMIT 1";
    /// A new one.
    INSERT_RULE = "INSERT INTO sla_rules (tenant_id, id, name, position, calendar_id, definition, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)";
    /// All of it anew.
    UPDATE_RULE = "UPDATE sla_rules SET name = ?3, position = ?4, calendar_id = ?5, definition = ?6, updated_at = ?7, version = version + 1
        WHERE tenant_id = ?1 AND id = ?2";
    /// Away with it. Tickets keep the promises that they were given.
    DELETE_RULE = "DELETE FROM sla_rules WHERE tenant_id = ?1 AND id = ?2";
    /// Makes room at a position: what stands there and after it moves on by one.
    MAKE_ROOM = "UPDATE sla_rules SET position = position + 1, definition = json_set(definition, '$.position', position + 1),
        version = version + 1, updated_at = ?3 WHERE tenant_id = ?1 AND position >= ?2";
    /// Nobody has changed the policy since it was read.
    GUARD_RULE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM sla_rules WHERE tenant_id = ?1 AND id = ?2)";
    /// There is room for one more policy.
    GUARD_RULE_COUNT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit', (SELECT COUNT(*) FROM sla_rules WHERE tenant_id = ?1) < ?2";
    /// A page of calendars by name.
    CALENDARS = "SELECT c.id, c.name, c.definition, c.version, c.created_at, c.updated_at,
            (SELECT COUNT(*) FROM sla_rules r WHERE r.tenant_id = ?1 AND r.calendar_id = c.id) AS policies
        FROM sla_calendars c WHERE c.tenant_id = ?1 AND c.name > ?2 ORDER BY c.name LIMIT ?3";
    /// One calendar.
    CALENDAR = "SELECT c.id, c.name, c.definition, c.version, c.created_at, c.updated_at,
            (SELECT COUNT(*) FROM sla_rules r WHERE r.tenant_id = ?1 AND r.calendar_id = c.id) AS policies
        FROM sla_calendars c WHERE c.tenant_id = ?1 AND c.id = ?2 LIMIT 1";
    /// A new one.
    INSERT_CALENDAR = "INSERT INTO sla_calendars (tenant_id, id, name, definition, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)";
    /// All of it anew.
    UPDATE_CALENDAR = "UPDATE sla_calendars SET name = ?3, definition = ?4, updated_at = ?5, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// Away with it.
    DELETE_CALENDAR = "DELETE FROM sla_calendars WHERE tenant_id = ?1 AND id = ?2";
    /// Nobody has changed the calendar since it was read.
    GUARD_CALENDAR = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM sla_calendars WHERE tenant_id = ?1 AND id = ?2)";
    /// There is room for one more calendar.
    GUARD_CALENDAR_COUNT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit', (SELECT COUNT(*) FROM sla_calendars WHERE tenant_id = ?1) < ?2";
    /// Neither a policy nor an open ticket counts by the calendar.
    GUARD_UNUSED = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        NOT EXISTS (SELECT 1 FROM sla_rules WHERE tenant_id = ?1 AND calendar_id = ?2)
        AND NOT EXISTS (SELECT 1 FROM tickets WHERE tenant_id = ?1 AND sla_calendar_id = ?2 AND is_open = 1)";
    /// Missed promises, the latest first.
    VIOLATIONS = "SELECT v.ticket_id, v.number, v.clock, v.due_at, v.policy_id, p.name AS policy_name, v.priority, v.assignee_id, a.name AS assignee_name,
            v.detected_at
        FROM sla_violations v LEFT JOIN users a ON a.tenant_id = v.tenant_id AND a.id = v.assignee_id
            LEFT JOIN sla_rules p ON p.tenant_id = v.tenant_id AND p.id = v.policy_id
        WHERE v.tenant_id = ?1 AND v.due_at >= ?2 AND v.due_at < ?3 AND (v.due_at, v.ticket_id, v.clock) < (?4, ?5, ?6)
            AND (?7 IS NULL OR +v.clock = ?7) AND (?8 IS NULL OR +v.priority = ?8) AND ?9 IS NULL
        ORDER BY v.due_at DESC, v.ticket_id DESC, v.clock DESC LIMIT ?10";
    /// Those of one clock.
    VIOLATIONS_BY_CLOCK = "SELECT v.ticket_id, v.number, v.clock, v.due_at, v.policy_id, p.name AS policy_name, v.priority, v.assignee_id, a.name AS assignee_name,
            v.detected_at
        FROM sla_violations v LEFT JOIN users a ON a.tenant_id = v.tenant_id AND a.id = v.assignee_id
            LEFT JOIN sla_rules p ON p.tenant_id = v.tenant_id AND p.id = v.policy_id
        WHERE v.tenant_id = ?1 AND v.clock = ?7 AND v.due_at >= ?2 AND v.due_at < ?3 AND (v.due_at, v.ticket_id, v.clock) < (?4, ?5, ?6)
            AND ?8 IS NULL AND ?9 IS NULL
        ORDER BY v.due_at DESC, v.ticket_id DESC, v.clock DESC LIMIT ?10";
    /// Those at one priority.
    VIOLATIONS_BY_PRIORITY = "SELECT v.ticket_id, v.number, v.clock, v.due_at, v.policy_id, p.name AS policy_name, v.priority, v.assignee_id, a.name AS assignee_name,
            v.detected_at
        FROM sla_violations v LEFT JOIN users a ON a.tenant_id = v.tenant_id AND a.id = v.assignee_id
            LEFT JOIN sla_rules p ON p.tenant_id = v.tenant_id AND p.id = v.policy_id
        WHERE v.tenant_id = ?1 AND v.priority = ?8 AND v.due_at >= ?2 AND v.due_at < ?3 AND (v.due_at, v.ticket_id, v.clock) < (?4, ?5, ?6)
            AND (?7 IS NULL OR +v.clock = ?7) AND ?9 IS NULL
        ORDER BY v.due_at DESC, v.ticket_id DESC, v.clock DESC LIMIT ?10";
    /// Those of one assignee.
    VIOLATIONS_BY_ASSIGNEE = "SELECT v.ticket_id, v.number, v.clock, v.due_at, v.policy_id, p.name AS policy_name, v.priority, v.assignee_id, a.name AS assignee_name,
            v.detected_at
        FROM sla_violations v LEFT JOIN users a ON a.tenant_id = v.tenant_id AND a.id = v.assignee_id
            LEFT JOIN sla_rules p ON p.tenant_id = v.tenant_id AND p.id = v.policy_id
        WHERE v.tenant_id = ?1 AND v.assignee_id = ?9 AND v.due_at >= ?2 AND v.due_at < ?3 AND (v.due_at, v.ticket_id, v.clock) < (?4, ?5, ?6)
            AND (?7 IS NULL OR +v.clock = ?7) AND (?8 IS NULL OR +v.priority = ?8)
        ORDER BY v.due_at DESC, v.ticket_id DESC, v.clock DESC LIMIT ?10";
    /// Companies, for the choices of a form.
    ORGANIZATIONS = "SELECT id, name FROM organizations WHERE tenant_id = ?1 ORDER BY name LIMIT ?2";
}

/// A policy with what is kept about it.
#[derive(Debug, Clone, Deserialize)]
pub struct RuleRow {
    /// Id.
    pub id: PolicyId,
    /// `shared::sla::PolicyIn` as JSON.
    pub definition: String,
    /// Counts the changes.
    pub version: i64,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub updated_at: DateTime<Utc>,
    /// Name of its calendar.
    pub calendar_name: String,
}

/// A calendar with what is kept about it.
#[derive(Debug, Clone, Deserialize)]
pub struct CalendarRow {
    /// Id.
    pub id: CalendarId,
    /// Name.
    pub name: String,
    /// `shared::business_time::CalendarIn` as JSON.
    pub definition: String,
    /// Counts the changes.
    pub version: i64,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub updated_at: DateTime<Utc>,
    /// Policies that count by it.
    pub policies: i64,
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

/// A company for a choice.
#[derive(Debug, Clone, Deserialize)]
pub struct OrganizationName {
    /// Id.
    pub id: OrganizationId,
    /// Name.
    pub name: String,
}

/// What a policy is written as.
#[derive(Debug, Clone, Copy)]
pub struct RuleValues<'a> {
    /// Name.
    pub name: &'a str,
    /// Place in the order.
    pub position: u32,
    /// Its calendar.
    pub calendar: &'a CalendarId,
    /// `shared::sla::PolicyIn` as JSON.
    pub definition: &'a str,
}

/// A page of policies after `(position, id)`; read the rows as [`RuleRow`].
pub fn rules(after: Option<(u32, &PolicyId)>, limit: u32) -> TenantStatement {
    let (position, id) = after.map_or((Value::from(-1), Value::from("")), |(position, id)| (position.into(), id.into()));
    RULES.with(vec![position, id, limit.into()])
}

/// One policy; read the row as [`RuleRow`].
pub fn rule(id: &PolicyId) -> TenantStatement {
    RULE.with(values![id])
}

/// A new policy, if there is room for one more (`limit`). A calendar that does not exist is refused as `foreign_key`.
pub fn insert_rule(id: &PolicyId, rule: RuleValues<'_>, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [
        GUARD_RULE_COUNT.with(values![RULES_MAX]),
        INSERT_RULE.with(values![id, rule.name, rule.position, rule.calendar, rule.definition, now]),
    ]
}

/// A policy anew, if it is still at `version` (`stale_version`).
pub fn update_rule(id: &PolicyId, version: i64, rule: RuleValues<'_>, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [
        GUARD_RULE.with(values![id, version]),
        UPDATE_RULE.with(values![id, rule.name, rule.position, rule.calendar, rule.definition, now]),
    ]
}

/// Removes a policy, if it is still at `version`.
pub fn delete_rule(id: &PolicyId, version: i64) -> [TenantStatement; 2] {
    [GUARD_RULE.with(values![id, version]), DELETE_RULE.with(values![id])]
}

/// Moves the policies from this position on by one.
pub fn make_room(position: u32, now: DateTime<Utc>) -> TenantStatement {
    MAKE_ROOM.with(values![position, now])
}

/// A page of calendars after a name; read the rows as [`CalendarRow`].
pub fn calendars(after: &str, limit: u32) -> TenantStatement {
    CALENDARS.with(values![after, limit])
}

/// One calendar; read the row as [`CalendarRow`].
pub fn calendar(id: &CalendarId) -> TenantStatement {
    CALENDAR.with(values![id])
}

/// A new calendar, if there is room for one more (`limit`). A name that is taken is refused as `sla_calendars.name`.
pub fn insert_calendar(id: &CalendarId, name: &str, definition: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_CALENDAR_COUNT.with(values![RULES_MAX]), INSERT_CALENDAR.with(values![id, name, definition, now])]
}

/// A calendar anew, if it is still at `version` (`stale_version`).
pub fn update_calendar(id: &CalendarId, version: i64, name: &str, definition: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_CALENDAR.with(values![id, version]), UPDATE_CALENDAR.with(values![id, name, definition, now])]
}

/// Removes a calendar, if it is still at `version` and nothing counts by it (`conflict`).
pub fn delete_calendar(id: &CalendarId, version: i64) -> [TenantStatement; 3] {
    [GUARD_CALENDAR.with(values![id, version]), GUARD_UNUSED.with(values![id]), DELETE_CALENDAR.with(values![id])]
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

/// Companies by name, at most `limit`; read the rows as [`OrganizationName`].
pub fn organizations(limit: u32) -> TenantStatement {
    ORGANIZATIONS.with(values![limit])
}

/// The row of [`rule`].
pub fn rule_row(rows: &Rows) -> Result<Option<RuleRow>, DbError> {
    rows.first()
}
