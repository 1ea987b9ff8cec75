//! Devices on which people are told of what happens, and the hours in which they want quiet.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{DbError, Rows, TenantStatement};
use crate::id::{DeviceId, OutboxId, SessionId, UserId};
use crate::limits::DEVICES_MAX;
use crate::push::QuietHours;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// A person's devices by their ids, after `?3`.
    LIST = "SELECT id, label, session_id, created_at, seen_at, sent_at FROM push_devices
        WHERE tenant_id = ?1 AND user_id = ?2 AND id > ?3 ORDER BY id LIMIT ?4";
    /// The device of that address, whosever it is.
    FIND = "SELECT id, user_id, session_id, p256dh, auth FROM push_devices WHERE tenant_id = ?1 AND endpoint = ?2 LIMIT 1";
    /// There is room for one more.
    GUARD_ROOM = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM (SELECT 1 FROM push_devices WHERE tenant_id = ?1 AND user_id = ?2 AND endpoint <> ?3 LIMIT ?4)) < ?4";
    /// The session that it is to belong to has not ended meanwhile.
    GUARD_SESSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM sessions WHERE tenant_id = ?1 AND id = ?2 AND user_id = ?3 AND revoked_at IS NULL)";
    /// What that device was to somebody else, or by other keys: it is somebody's alone.
    MAKE_WAY = "DELETE FROM push_devices WHERE tenant_id = ?1 AND endpoint = ?2 AND user_id <> ?3";
    /// A session is one device.
    REPLACE = "DELETE FROM push_devices WHERE tenant_id = ?1 AND session_id = ?2 AND endpoint <> ?3";
    /// A new one; one that is there already belongs to this session from now on.
    INSERT = "INSERT INTO push_devices (tenant_id, id, user_id, session_id, endpoint, p256dh, auth, label, locale, created_at, seen_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)
        ON CONFLICT (tenant_id, endpoint) DO UPDATE SET session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth,
            label = excluded.label, locale = excluded.locale, seen_at = excluded.seen_at";
    /// It has opened the portal.
    SEEN = "UPDATE push_devices SET seen_at = ?3 WHERE tenant_id = ?1 AND id = ?2";
    /// Only what is the person's.
    GUARD_OWN = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        EXISTS (SELECT 1 FROM push_devices WHERE tenant_id = ?1 AND id = ?2 AND user_id = ?3)";
    /// It is told nothing any more.
    REMOVE = "DELETE FROM push_devices WHERE tenant_id = ?1 AND id = ?2 AND user_id = ?3";
    /// A notice on trial.
    TRY = "INSERT INTO push_notices (tenant_id, id, device_id, user_id, template, due_at, created_at) VALUES (?1, ?2, ?3, ?4, 'trial', ?5, ?5)";
    /// All of a person's are told nothing any more.
    REMOVE_ALL = "DELETE FROM push_devices WHERE tenant_id = ?1 AND user_id = ?2";
    /// What they have not looked at is nobody's news.
    FORGET_NEWS = "DELETE FROM push_news WHERE tenant_id = ?1 AND user_id = ?2";
    /// Devices that have not opened the portal for long.
    PURGE = "DELETE FROM push_devices WHERE tenant_id = ?1 AND id IN
        (SELECT id FROM push_devices WHERE tenant_id = ?1 AND seen_at < ?2 ORDER BY seen_at LIMIT ?3)";
    /// A person's quiet hours.
    QUIET = "SELECT quiet_from, quiet_until FROM users WHERE tenant_id = ?1 AND id = ?2 LIMIT 1";
    /// Others.
    SET_QUIET = "UPDATE users SET quiet_from = ?3, quiet_until = ?4, updated_at = ?5, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
}

/// A device, for its owner's list.
#[derive(Debug, Clone, Deserialize)]
pub struct Listed {
    /// Id.
    pub id: DeviceId,
    /// Browser and system.
    pub label: String,
    /// The session that it belongs to.
    pub session_id: SessionId,
    /// When it was added.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it last opened the portal, to a day.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub seen_at: DateTime<Utc>,
    /// When a notice was last handed over for it.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub sent_at: Option<DateTime<Utc>>,
}

/// A device that is known by its address.
#[derive(Debug, Clone, Deserialize)]
pub struct Known {
    /// Id.
    pub id: DeviceId,
    /// Whose.
    pub user_id: UserId,
    /// In which session.
    pub session_id: SessionId,
    /// Its point.
    pub p256dh: String,
    /// Its secret.
    pub auth: String,
}

/// A device to add.
#[derive(Debug, Clone, Copy)]
pub struct NewDevice<'a> {
    /// Id, if it is not there yet.
    pub id: &'a DeviceId,
    /// Whose.
    pub user: &'a UserId,
    /// In which session.
    pub session: &'a SessionId,
    /// Its address at its push service.
    pub endpoint: &'a str,
    /// Its point.
    pub p256dh: &'a str,
    /// Its secret.
    pub auth: &'a str,
    /// Browser and system.
    pub label: &'a str,
    /// The language of whoever has chosen none.
    pub locale: &'a str,
}

/// A person's devices; read the rows as [`Listed`].
pub fn list(user: &UserId, after: &str, limit: u32) -> TenantStatement {
    LIST.with(values![user, after, limit])
}

/// The device of an address; read the row as [`Known`].
pub fn find(endpoint: &str) -> TenantStatement {
    FIND.with(values![endpoint])
}

/// Adds a device, or takes it over into this session; refuses the batch when the person has as many as there may be (`limit`), and when the
/// session has ended meanwhile (`not_found`): what ends with sessions would not find it.
pub fn add(new: &NewDevice<'_>, now: DateTime<Utc>) -> [TenantStatement; 5] {
    [
        MAKE_WAY.with(values![new.endpoint, new.user]),
        REPLACE.with(values![new.session, new.endpoint]),
        GUARD_ROOM.with(values![new.user, new.endpoint, DEVICES_MAX]),
        GUARD_SESSION.with(values![new.session, new.user]),
        INSERT.with(values![new.id, new.user, new.session, new.endpoint, new.p256dh, new.auth, new.label, new.locale, now]),
    ]
}

/// Notes that a device has opened the portal.
pub fn seen(id: &DeviceId, now: DateTime<Utc>) -> TenantStatement {
    SEEN.with(values![id, now])
}

/// Takes a person's device away; refuses the batch (`not_found`) when it is none.
pub fn remove(id: &DeviceId, user: &UserId) -> [TenantStatement; 2] {
    [GUARD_OWN.with(values![id, user]), REMOVE.with(values![id, user])]
}

/// Queues a notice on trial for a person's device; refuses the batch (`not_found`) when it is none.
pub fn attempt(notice: &OutboxId, id: &DeviceId, user: &UserId, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_OWN.with(values![id, user]), TRY.with(values![notice, id, user, now])]
}

/// Takes all of a person's devices away, and what they have not looked at.
pub fn remove_all(user: &UserId) -> [TenantStatement; 2] {
    [REMOVE_ALL.with(values![user]), FORGET_NEWS.with(values![user])]
}

/// Removes at most `limit` devices that were last seen before a moment.
pub fn purge(before: DateTime<Utc>, limit: u32) -> TenantStatement {
    PURGE.with(values![before, limit])
}

/// A person's quiet hours; read the row with [`quiet_of`].
pub fn quiet(user: &UserId) -> TenantStatement {
    QUIET.with(values![user])
}

/// The row of [`quiet`].
pub fn quiet_of(rows: &Rows) -> Result<Option<QuietHours>, DbError> {
    #[derive(Deserialize)]
    struct Row {
        quiet_from: Option<i64>,
        quiet_until: Option<i64>,
    }
    let row: Option<Row> = rows.first()?;
    Ok(row.and_then(|row| QuietHours::new(row.quiet_from?, row.quiet_until?)))
}

/// Sets a person's quiet hours, or takes them away.
pub fn set_quiet(user: &UserId, hours: Option<QuietHours>, now: DateTime<Utc>) -> TenantStatement {
    let (from, until) =
        hours.map(QuietHours::minutes).map_or((None, None), |(from, until)| (Some(i64::from(from)), Some(i64::from(until))));
    SET_QUIET.with(values![user, from, until, now])
}
