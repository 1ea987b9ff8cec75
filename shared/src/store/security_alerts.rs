//! What looked like an attack: what it is looked for in, what was found, and what nobody wants to be told of.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::alert::{Finding, Kind};
use crate::database::{TenantStatement, json_text, list};
use crate::i18n::Locale;
use crate::id::{AlertId, UserId};
use crate::limits::{ALERT_CONTACTS_MAX, ALERT_LINES};
use crate::tenant_statements;
use crate::values;

/// Later than every id.
const END: &str = "alt_~";
/// Rows that answer for the keys of one run.
const KEYS_MAX: u32 = 500;

/// An alert with the names of what it names.
macro_rules! alerts {
    ($index:literal, $narrowed:literal) => {
        concat!(
            "SELECT a.id, a.kind, a.subject, a.detail, a.created_at, a.acknowledged_at, a.acknowledged_by, s.name AS subject_name,
                w.name AS acknowledged_by_name, q.until AS silenced_until
            FROM security_alerts a ",
            $index,
            " LEFT JOIN users s ON s.tenant_id = ?1 AND s.id = a.subject
                LEFT JOIN users w ON w.tenant_id = ?1 AND w.id = a.acknowledged_by
                LEFT JOIN security_silences q ON q.tenant_id = ?1 AND q.kind = a.kind AND q.subject = a.subject
            WHERE a.tenant_id = ?1 AND ",
            $narrowed
        )
    };
}

tenant_statements! {
    /// The latest lines of one action since a moment.
    LINES = "SELECT a.action, a.at, a.actor, a.subject, a.network, json_extract(a.detail, '$.country') AS country,
            json_extract(a.detail, '$.typed') AS typed, u.status AS subject_status
        FROM (SELECT action, at, actor, subject, network, detail FROM audit_logs INDEXED BY audit_logs_by_action
            WHERE tenant_id = ?1 AND action = ?2 AND at >= ?3 ORDER BY at DESC LIMIT ?4) a
            LEFT JOIN users u ON u.tenant_id = ?1 AND u.id = a.subject
        LIMIT ?4";
    /// From where these people signed in between two moments.
    VISITED = "SELECT a.actor, json_extract(a.detail, '$.country') AS country, MAX(a.at) AS at
        FROM json_each(?2) j JOIN audit_logs a INDEXED BY audit_logs_of_sessions
            ON a.tenant_id = ?1 AND a.actor = j.value AND a.at >= ?3 AND a.at < ?4
                AND a.action >= 'session.' AND a.action < 'session/' AND a.action <> 'session.refreshed'
        WHERE a.action = 'session.opened' AND json_extract(a.detail, '$.country') IS NOT NULL GROUP BY 1, 2 LIMIT ?5";
    /// Those of these networks from which somebody has signed in.
    HOMES = "SELECT j.value AS network FROM json_each(?2) j
        WHERE EXISTS (SELECT 1 FROM sessions s INDEXED BY sessions_of_network
            WHERE s.tenant_id = ?1 AND s.network = j.value AND s.network <> '') LIMIT ?3";
    /// Those of these keys (kind, subject, period) of which there is an alert.
    KNOWN = "SELECT a.kind, a.subject, a.period FROM json_each(?2) j JOIN security_alerts a INDEXED BY security_alerts_once
            ON a.tenant_id = ?1 AND a.kind = json_extract(j.value, '$[0]') AND a.subject = json_extract(j.value, '$[1]')
                AND a.period = json_extract(j.value, '$[2]')
        LIMIT ?3";
    /// Those of these keys that are silenced.
    SILENCED = "SELECT s.kind, s.subject FROM json_each(?2) j JOIN security_silences s
            ON s.tenant_id = ?1 AND s.kind = json_extract(j.value, '$[0]') AND s.subject = json_extract(j.value, '$[1]')
        WHERE s.until > ?3 LIMIT ?4";
    /// Administrators who can be written to.
    ADMINISTRATORS = "SELECT id, email, locale FROM users
        WHERE tenant_id = ?1 AND role = 'admin' AND status = 'active' AND mail_blocked_at IS NULL LIMIT ?2";
    /// A new alert; another run may have raised it already (`security_alerts.period`).
    INSERT = "INSERT INTO security_alerts (tenant_id, id, kind, subject, period, detail, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    /// Alerts, the newest first.
    LIST = alerts!("", "a.id < ?2 ORDER BY a.id DESC LIMIT ?3");
    /// Alerts that nobody has looked at.
    LIST_OPEN = alerts!("INDEXED BY security_alerts_open", "a.acknowledged_at IS NULL AND a.id < ?2 ORDER BY a.id DESC LIMIT ?3");
    /// One.
    SHOW = alerts!("", "a.id = ?2 LIMIT 1");
    /// Somebody has looked at it.
    ACKNOWLEDGE = "UPDATE security_alerts SET acknowledged_at = ?3, acknowledged_by = ?4
        WHERE tenant_id = ?1 AND id = ?2 AND acknowledged_at IS NULL";
    /// Nobody wants to be told of it until then.
    SILENCE = "INSERT INTO security_silences (tenant_id, kind, subject, until, created_at, created_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (tenant_id, kind, subject) DO UPDATE SET until = excluded.until, created_at = excluded.created_at,
            created_by = excluded.created_by";
    /// They do again.
    LIFT = "DELETE FROM security_silences WHERE tenant_id = ?1 AND kind = ?2 AND subject = ?3";
    /// Silences that were over before a moment.
    PURGE = "DELETE FROM security_silences WHERE tenant_id = ?1 AND (kind, subject) IN
        (SELECT kind, subject FROM security_silences WHERE tenant_id = ?1 AND until < ?2 LIMIT ?3)";
}

/// An alert.
#[derive(Debug, Clone, Deserialize)]
pub struct Alert {
    /// Id.
    pub id: AlertId,
    /// What.
    pub kind: Kind,
    /// About whom: a person's id, or a network.
    pub subject: String,
    /// Their name, if it is a person.
    pub subject_name: Option<String>,
    /// What it rests on.
    #[serde(deserialize_with = "json_text")]
    pub detail: Json,
    /// When it was raised.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When somebody looked at it.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// Who.
    pub acknowledged_by: Option<UserId>,
    /// Their name.
    pub acknowledged_by_name: Option<String>,
    /// Until when its like is silenced.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub silenced_until: Option<DateTime<Utc>>,
}

/// A key of an alert that is there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Key {
    /// What.
    pub kind: Kind,
    /// About whom.
    pub subject: String,
    /// Of which hour; `None` where that is not asked.
    #[serde(default)]
    pub period: Option<i64>,
}

/// A network from which somebody has signed in.
#[derive(Debug, Clone, Deserialize)]
pub struct Home {
    /// As sessions name it.
    pub network: String,
}

/// Somebody who is told of alerts.
#[derive(Debug, Clone, Deserialize)]
pub struct Contact {
    /// Id of a person.
    pub id: Option<UserId>,
    /// Address.
    pub email: String,
    /// Language that they chose.
    pub locale: Option<Locale>,
}

/// Lines of an action since a moment; read the rows as [`crate::alert::Line`].
pub fn lines(action: &str, since: DateTime<Utc>) -> TenantStatement {
    LINES.with(values![action, since, ALERT_LINES])
}

/// From where people signed in from `since` until before `until`; read the rows as [`crate::alert::Visited`].
pub fn visited(people: &[&str], since: DateTime<Utc>, until: DateTime<Utc>) -> TenantStatement {
    VISITED.with(values![list(people), since, until, ALERT_LINES])
}

/// Those of the networks from which somebody has signed in; read the rows as [`Home`].
pub fn homes(networks: &[&str]) -> TenantStatement {
    HOMES.with(values![list(networks), KEYS_MAX])
}

/// Which of the findings are known, and which silenced; read the rows of both as [`Key`].
pub fn known(findings: &[Finding], now: DateTime<Utc>) -> [TenantStatement; 2] {
    let keys: Vec<(&str, &str, i64)> =
        findings.iter().map(|found| (found.kind.as_str(), found.subject.as_str(), found.period)).collect();
    [KNOWN.with(values![list(&keys), KEYS_MAX]), SILENCED.with(values![list(&keys), now, KEYS_MAX])]
}

/// Administrators who can be written to; read the rows as [`Contact`].
pub fn administrators() -> TenantStatement {
    ADMINISTRATORS.with(values![u32::try_from(ALERT_CONTACTS_MAX).unwrap_or(u32::MAX)])
}

/// Raises an alert.
pub fn insert(id: &AlertId, found: &Finding, now: DateTime<Utc>) -> TenantStatement {
    INSERT.with(values![id, found.kind.as_str(), found.subject.as_str(), found.period, found.detail.to_string(), now])
}

/// Up to `limit` alerts before the one with the id `after` (or from the newest, when it is empty); read the rows as [`Alert`].
pub fn list_before(after: &str, is_open: bool, limit: u32) -> TenantStatement {
    let statement = if is_open { LIST_OPEN } else { LIST };
    statement.with(values![if after.is_empty() { END } else { after }, limit])
}

/// One; read the row as [`Alert`].
pub fn show(id: &AlertId) -> TenantStatement {
    SHOW.with(values![id])
}

/// Somebody has looked at it.
pub fn acknowledge(id: &AlertId, by: &UserId, now: DateTime<Utc>) -> TenantStatement {
    ACKNOWLEDGE.with(values![id, now, by])
}

/// Nobody wants to be told of such a thing until then.
pub fn silence(kind: Kind, subject: &str, until: DateTime<Utc>, by: &UserId, now: DateTime<Utc>) -> TenantStatement {
    SILENCE.with(values![kind.as_str(), subject, until, now, by])
}

/// They do again.
pub fn lift(kind: Kind, subject: &str) -> TenantStatement {
    LIFT.with(values![kind.as_str(), subject])
}

/// Removes up to `limit` silences that were over before `before`.
pub fn purge(before: DateTime<Utc>, limit: u32) -> TenantStatement {
    PURGE.with(values![before, limit])
}
