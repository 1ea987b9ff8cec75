//! What service levels bring about by themselves: moments that have come, tickets that are counted anew.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement};
use crate::id::TicketId;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// Moments that have come, in order.
    DUE = "SELECT ticket_id, due_at FROM sla_timers WHERE tenant_id = ?1 AND due_at <= ?2 AND (due_at, ticket_id) > (?3, ?4)
        ORDER BY due_at, ticket_id LIMIT ?5";
    /// Tickets are to be counted anew by this calendar, this policy or the type of this organization; from the first one again, if they
    /// were being counted already.
    REQUEST = "INSERT INTO sla_recomputes (tenant_id, subject, version, after_number, requested_by, requested_at) VALUES (?1, ?2, ?3, 0, ?4, ?5)
        ON CONFLICT (tenant_id, subject) DO UPDATE SET version = excluded.version, after_number = 0, requested_by = excluded.requested_by,
            requested_at = excluded.requested_at";
    /// What is being counted.
    PENDING = "SELECT subject, version, after_number, requested_by, requested_at FROM sla_recomputes WHERE tenant_id = ?1 ORDER BY subject LIMIT 10";
    /// So far, unless it was edited meanwhile.
    PROGRESS = "UPDATE sla_recomputes SET after_number = ?4 WHERE tenant_id = ?1 AND subject = ?2 AND version = ?3";
    /// From the first one again, for the last time.
    REPEAT = "UPDATE sla_recomputes SET after_number = 0, requested_at = 0 WHERE tenant_id = ?1 AND subject = ?2 AND version = ?3";
    /// Done, unless it was edited meanwhile.
    FINISH = "DELETE FROM sla_recomputes WHERE tenant_id = ?1 AND subject = ?2 AND version = ?3";
    /// Open tickets that count by a calendar.
    OF_CALENDAR = "SELECT id, number FROM tickets WHERE tenant_id = ?1 AND sla_calendar_id = ?2 AND is_open = 1 AND number > ?3 ORDER BY number LIMIT ?4";
    /// Open tickets that count by the standard hours: they have no calendar.
    OF_STANDARD = "SELECT id, number FROM tickets WHERE tenant_id = ?1 AND sla_calendar_id IS NULL AND is_open = 1 AND number > ?2 ORDER BY number LIMIT ?3";
    /// Every calendar is to be counted by anew, and the standard hours too, unless the time zones are those of this release already.
    REQUEST_ALL = "INSERT INTO sla_recomputes (tenant_id, subject, version, after_number, requested_by, requested_at)
        SELECT ?1, s.subject, s.version, 0, 'system', ?3
        FROM (SELECT 'standard' AS subject, ?2 AS version UNION ALL SELECT id, version FROM sla_calendars WHERE tenant_id = ?1) s
        WHERE NOT EXISTS (SELECT 1 FROM counters WHERE tenant_id = ?1 AND name = 'tz_release' AND value = ?2)
        ON CONFLICT (tenant_id, subject) DO UPDATE SET version = excluded.version, after_number = 0";
    /// Notes the release of the time zones that clocks count by.
    NOTE_ZONES = "INSERT INTO counters (tenant_id, name, value) VALUES (?1, 'tz_release', ?2)
        ON CONFLICT (tenant_id, name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value";
    /// The tenant's zone is another one than the clocks count by.
    REQUEST_ZONE = "INSERT INTO sla_recomputes (tenant_id, subject, version, after_number, requested_by, requested_at)
        SELECT ?1, 'tenant_zone', ?3, 0, 'system', ?3
        WHERE EXISTS (SELECT 1 FROM counters WHERE tenant_id = ?1 AND name = 'tenant_zone' AND value <> ?2)
        ON CONFLICT (tenant_id, subject) DO UPDATE SET version = excluded.version, after_number = 0, requested_at = excluded.requested_at";
    /// Notes the zone of the tenant that clocks count by, or are being counted by.
    NOTE_ZONE = "INSERT INTO counters (tenant_id, name, value) VALUES (?1, 'tenant_zone', ?2)
        ON CONFLICT (tenant_id, name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value";
    /// Open tickets of an organization.
    OF_ORGANIZATION = "SELECT id, number FROM tickets WHERE tenant_id = ?1 AND organization_id = ?2 AND is_open = 1 AND number > ?3 ORDER BY number LIMIT ?4";
    /// Open tickets that a policy is for.
    OF_POLICY = "SELECT id, number FROM tickets WHERE tenant_id = ?1 AND sla_policy_id = ?2 AND is_open = 1 AND number > ?3 ORDER BY number LIMIT ?4";
}

/// A moment that has come.
#[derive(Debug, Clone, Deserialize)]
pub struct DueRow {
    /// Of which ticket.
    pub ticket_id: TicketId,
    /// Milliseconds since 1970.
    pub due_at: i64,
}

/// Up to `limit` moments until `now`, after the last one that was read.
pub fn due(now: DateTime<Utc>, after: Option<&DueRow>, limit: u32) -> TenantStatement {
    let (due_at, ticket) = after.map_or((-1, ""), |row| (row.due_at, row.ticket_id.as_str()));
    DUE.with(values![now, due_at, ticket, limit])
}

/// Reads [`due`].
pub fn due_rows(rows: &Rows) -> Result<Vec<DueRow>, DbError> {
    rows.all()
}

/// A calendar, a policy or the type of an organization that is being carried to its open tickets.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Recompute {
    /// `cal_...`, `sla_...` or `org_...`
    pub subject: String,
    /// Its version.
    pub version: i64,
    /// The number of the last ticket that is done.
    pub after_number: i64,
    /// Who edited it.
    pub requested_by: String,
    /// When, in milliseconds; 0 in the last pass of a recount that is made twice.
    pub requested_at: i64,
}

/// Asks for a recount by the subject's new version.
pub fn request(subject: &str, version: i64, by: &str, now: DateTime<Utc>) -> TenantStatement {
    REQUEST.with(values![subject, version, by, now])
}

/// What is being counted; read the rows as [`Recompute`].
pub fn pending() -> TenantStatement {
    PENDING.with(values![])
}

/// Notes how far a recount has come.
pub fn progress(recompute: &Recompute, number: i64) -> TenantStatement {
    PROGRESS.with(values![&recompute.subject, recompute.version, number])
}

/// Begins the second and last pass of a recount.
pub fn repeat(recompute: &Recompute) -> TenantStatement {
    REPEAT.with(values![&recompute.subject, recompute.version])
}

/// Notes that a recount has ended.
pub fn finish(recompute: &Recompute) -> TenantStatement {
    FINISH.with(values![&recompute.subject, recompute.version])
}

/// An open ticket to count anew.
#[derive(Debug, Clone, Deserialize)]
pub struct OpenRow {
    /// Id.
    pub id: TicketId,
    /// Number.
    pub number: i64,
}

/// The subject of a recount of tickets that count by the tenant's standard hours: their zone is the tenant's own.
pub const STANDARD_HOURS: &str = "standard";
/// The same tickets, when that zone is another one now. This recount is made twice: for a while some still remember the old zone.
pub const TENANT_ZONE: &str = "tenant_zone";

/// The next open tickets of a calendar (`cal_...`), an organization (`org_...`), a policy, [`STANDARD_HOURS`] or [`TENANT_ZONE`]; read the
/// rows as [`OpenRow`].
pub fn next_open(recompute: &Recompute, limit: u32) -> TenantStatement {
    let subject = recompute.subject.as_str();
    if matches!(subject, STANDARD_HOURS | TENANT_ZONE) {
        return OF_STANDARD.with(values![recompute.after_number, limit]);
    }
    let statement = match subject.split('_').next() {
        Some("cal") => OF_CALENDAR,
        Some("org") => OF_ORGANIZATION,
        _ => OF_POLICY,
    };
    statement.with(values![subject, recompute.after_number, limit])
}

/// Asks for a recount by the tenant's new zone, on the asking of whoever set it. `zone` is a number that differs between zones.
pub fn zone_changed(zone: i64, by: &str, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [request(TENANT_ZONE, now.timestamp_millis(), by, now), NOTE_ZONE.with(values![zone])]
}

/// Asks for the same when the zone is not the one that was noted: it was set past us, or whoever set it got no further.
pub fn follow_zone(zone: i64, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [REQUEST_ZONE.with(values![zone, now]), NOTE_ZONE.with(values![zone])]
}

/// Asks for a recount by every calendar when the time zones are not those of the release that the tenant's clocks count by.
/// `release` is a number that differs between releases.
pub fn follow_zones(release: i64, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [REQUEST_ALL.with(values![release, now]), NOTE_ZONES.with(values![release])]
}
