//! The platform's own tables: tenants, their domains, operators. The only SQL that is not bound to a tenant.

use chrono_tz::Tz;
use serde::Deserialize;

use crate::database::PlatformStatement;
use crate::id::OperatorId;
use crate::platform_statements;
use crate::tenant::{Tenant, TenantRecord};
use crate::values;

platform_statements! {
    /// The tenant of a verified host. The host is compared exactly; it was lower-cased by the caller.
    TENANT_OF_HOST = "SELECT t.id, t.slug, t.name, t.locale, t.zone, t.database, t.settings, t.canonical_host
        FROM tenant_domains d JOIN tenants t ON t.id = d.tenant_id
        WHERE d.host = ?1 AND d.verified_at IS NOT NULL AND t.suspended_at IS NULL LIMIT 1";
    /// The verified hosts of a tenant.
    HOSTS_OF_TENANT = "SELECT host FROM tenant_domains WHERE tenant_id = ?1 AND verified_at IS NOT NULL LIMIT 100";
    /// A tenant by id, for jobs.
    TENANT_BY_ID = "SELECT id, slug, name, locale, zone, database, settings, canonical_host
        FROM tenants WHERE id = ?1 AND suspended_at IS NULL LIMIT 1";
    /// Every tenant, page by page, for sweeps and the console.
    TENANTS_AFTER = "SELECT id, slug, name, locale, zone, database, settings, canonical_host
        FROM tenants WHERE id > ?1 AND suspended_at IS NULL ORDER BY id LIMIT ?2";
    /// A new tenant.
    INSERT_TENANT = "INSERT INTO tenants (id, slug, name, locale, zone, database, settings, canonical_host, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    /// A host of a tenant, verified.
    INSERT_DOMAIN = "INSERT INTO tenant_domains (host, tenant_id, verified_at, created_at) VALUES (?1, ?2, ?3, ?3)";
    /// New settings.
    UPDATE_SETTINGS = "UPDATE tenants SET settings = ?2 WHERE id = ?1";
    /// The settings as they are written, and the time zone.
    SETTINGS = "SELECT settings, zone FROM tenants WHERE id = ?1 LIMIT 1";
    /// New settings and another zone in place of those that were read.
    REPLACE_SETTINGS = "UPDATE tenants SET settings = ?2, zone = ?3 WHERE id = ?1 AND settings = ?4 AND zone = ?5";
    /// What happened, if the statement before changed anything.
    INSERT_AUDIT_OF_CHANGE = "INSERT INTO platform_audit (at, actor, action, subject, detail) SELECT ?1, ?2, ?3, ?4, ?5 WHERE changes() > 0";
    /// An operator by user name.
    OPERATOR_BY_USERNAME = "SELECT id, username, name, password_hash FROM platform_operators
        WHERE username = ?1 AND disabled_at IS NULL LIMIT 1";
    /// A new operator.
    INSERT_OPERATOR = "INSERT INTO platform_operators (id, username, name, password_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    /// An operator's session.
    INSERT_OPERATOR_SESSION = "INSERT INTO operator_sessions (token_hash, operator_id, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)";
    /// The operator of a live session.
    OPERATOR_OF_SESSION = "SELECT o.id, o.username, o.name, o.password_hash FROM operator_sessions s JOIN platform_operators o ON o.id = s.operator_id
        WHERE s.token_hash = ?1 AND s.expires_at > ?2 AND o.disabled_at IS NULL LIMIT 1";
    /// Sign-out.
    DELETE_OPERATOR_SESSION = "DELETE FROM operator_sessions WHERE token_hash = ?1";
    /// One more sign-in attempt in this window; answers the count.
    COUNT_ATTEMPT = "INSERT INTO operator_attempts (key, window, attempts) VALUES (?1, ?2, 1)
        ON CONFLICT (key, window) DO UPDATE SET attempts = attempts + 1 RETURNING attempts";
    /// What happened on the platform.
    INSERT_AUDIT = "INSERT INTO platform_audit (at, actor, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5)";
    /// The cheapest question, for the health page.
    PING = "SELECT 1 AS ok";
}

/// An operator of the platform.
#[derive(Debug, Clone, Deserialize)]
pub struct Operator {
    /// Id.
    pub id: OperatorId,
    /// User name for signing in.
    pub username: String,
    /// Name for people.
    pub name: String,
    /// PHC string.
    pub password_hash: String,
}

/// How many times a key was tried.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Attempts {
    /// In this window.
    pub attempts: i64,
}

/// The tenant of `host`.
pub fn tenant_of_host(host: &str) -> PlatformStatement {
    TENANT_OF_HOST.with(values![host])
}

/// The verified hosts of a tenant; read with [`hosts`].
pub fn hosts_of_tenant(tenant: &Tenant) -> PlatformStatement {
    HOSTS_OF_TENANT.with(values![tenant.id()])
}

/// The hosts of [`hosts_of_tenant`].
pub fn hosts(rows: &crate::database::Rows) -> Result<Vec<String>, crate::database::DbError> {
    #[derive(Deserialize)]
    struct Row {
        host: String,
    }
    Ok(rows.all::<Row>()?.into_iter().map(|row| row.host).collect())
}

/// A tenant by id.
pub fn tenant_by_id(id: &str) -> PlatformStatement {
    TENANT_BY_ID.with(values![id])
}

/// Tenants after `id` in order of id.
pub fn tenants_after(id: &str, limit: u32) -> PlatformStatement {
    TENANTS_AFTER.with(values![id, limit])
}

/// Rows of the tenant statements as tenants.
pub fn tenants(rows: &crate::database::Rows) -> Result<Vec<Tenant>, crate::database::DbError> {
    Ok(rows.all::<TenantRecord>()?.into_iter().map(Tenant::from_record).collect())
}

/// A new tenant with its verified canonical host.
pub fn insert_tenant(record: &TenantRecord, now: chrono::DateTime<chrono::Utc>) -> Vec<PlatformStatement> {
    let settings = serde_json::to_string(&record.settings).unwrap_or_else(|_| "{}".to_owned());
    vec![
        INSERT_TENANT.with(values![
            &record.id,
            &record.slug,
            &record.name,
            record.locale.as_str(),
            record.zone.name(),
            &record.database,
            settings,
            &record.canonical_host,
            now
        ]),
        INSERT_DOMAIN.with(values![&record.canonical_host, &record.id, now]),
    ]
}

/// New settings of a tenant.
pub fn update_settings(tenant: &Tenant, settings: &crate::tenant::Settings) -> PlatformStatement {
    UPDATE_SETTINGS.with(values![tenant.id(), serde_json::to_string(settings).unwrap_or_else(|_| "{}".to_owned())])
}

/// What an administrator can set, as it is written: to compare with when it is replaced.
#[derive(Debug, Clone, Deserialize)]
pub struct SettingsRow {
    /// The settings, JSON.
    pub settings: String,
    /// The time zone.
    pub zone: Tz,
}

/// The settings of a tenant; read the row as [`SettingsRow`].
pub fn settings(tenant: &Tenant) -> PlatformStatement {
    SETTINGS.with(values![tenant.id()])
}

/// Writes settings and zone in place of `former`, which was read; changes nothing when that is no longer there.
pub fn replace_settings(
    tenant: &Tenant,
    former: &SettingsRow,
    settings: &crate::tenant::Settings,
    zone: Tz,
) -> PlatformStatement {
    let text = serde_json::to_string(settings).unwrap_or_else(|_| "{}".to_owned());
    REPLACE_SETTINGS.with(values![tenant.id(), text, zone.name(), former.settings.as_str(), former.zone.name()])
}

/// Records what the statement before it in the batch did, if it did anything.
pub fn audit_of_change(
    now: chrono::DateTime<chrono::Utc>,
    actor: &str,
    action: &str,
    subject: &str,
    detail: &str,
) -> PlatformStatement {
    INSERT_AUDIT_OF_CHANGE.with(values![now, actor, action, subject, detail])
}

/// An operator by user name.
pub fn operator_by_username(username: &str) -> PlatformStatement {
    OPERATOR_BY_USERNAME.with(values![username])
}

/// A new operator.
pub fn insert_operator(operator: &Operator, now: chrono::DateTime<chrono::Utc>) -> PlatformStatement {
    INSERT_OPERATOR.with(values![&operator.id, &operator.username, &operator.name, &operator.password_hash, now])
}

/// A session of an operator; only the token's digest is stored.
pub fn insert_operator_session(
    token_hash: &str,
    operator: &OperatorId,
    now: chrono::DateTime<chrono::Utc>,
    expires: chrono::DateTime<chrono::Utc>,
) -> PlatformStatement {
    INSERT_OPERATOR_SESSION.with(values![token_hash, operator, now, expires])
}

/// The operator of a live session.
pub fn operator_of_session(token_hash: &str, now: chrono::DateTime<chrono::Utc>) -> PlatformStatement {
    OPERATOR_OF_SESSION.with(values![token_hash, now])
}

/// Ends a session.
pub fn delete_operator_session(token_hash: &str) -> PlatformStatement {
    DELETE_OPERATOR_SESSION.with(values![token_hash])
}

/// Counts an attempt.
pub fn count_attempt(key: &str, window: i64) -> PlatformStatement {
    COUNT_ATTEMPT.with(values![key, window])
}

/// Records what happened.
pub fn audit(now: chrono::DateTime<chrono::Utc>, actor: &str, action: &str, subject: &str, detail: &str) -> PlatformStatement {
    INSERT_AUDIT.with(values![now, actor, action, subject, detail])
}

/// Asks whether the database answers.
pub fn ping() -> PlatformStatement {
    PING.with(values![])
}
