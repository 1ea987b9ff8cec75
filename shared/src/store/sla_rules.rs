//! SLA policies, read and changed one by one.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement, Value};
use crate::id::{CalendarId, PolicyId};
use crate::tenant_statements;
use crate::values;

/// Policies, and calendars, of one tenant: what matching reads at once.
pub const RULES_MAX: u32 = 200;

/// The columns of [`RuleRow`].
macro_rules! rule_rows {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.definition, r.version, r.created_at, r.updated_at, c.name AS calendar_name
                FROM sla_rules r JOIN sla_calendars c ON c.tenant_id = r.tenant_id AND c.id = r.calendar_id
                WHERE r.tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// A page of policies in the order in which they are matched.
    RULES = rule_rows!("AND (r.position, r.id) > (?2, ?3) ORDER BY r.position, r.id LIMIT ?4");
    /// One policy.
    RULE = rule_rows!("AND r.id = ?2 LIMIT 1");
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

/// The row of [`rule`].
pub fn rule_row(rows: &Rows) -> Result<Option<RuleRow>, DbError> {
    rows.first()
}
