//! Calendars of working time, read and changed one by one.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::sla_rules::RULES_MAX;
use crate::database::TenantStatement;
use crate::id::CalendarId;
use crate::tenant_statements;
use crate::values;

/// The columns of [`CalendarRow`].
macro_rules! calendar_rows {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.name, c.definition, c.version, c.created_at, c.updated_at,
                    (SELECT COUNT(*) FROM sla_rules r WHERE r.tenant_id = ?1 AND r.calendar_id = c.id) AS policies
                FROM sla_calendars c WHERE c.tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// A page of calendars by name.
    CALENDARS = calendar_rows!("AND c.name > ?2 ORDER BY c.name LIMIT ?3");
    /// One calendar.
    CALENDAR = calendar_rows!("AND c.id = ?2 LIMIT 1");
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
