//! Sessions and the people behind them.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::access::{Person, Role};
use crate::database::{DbError, Rows, TenantStatement};
use crate::i18n::Locale;
use crate::id::{DepartmentId, OrganizationId, SessionId, UserId};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// The person of a live session, by the session's id (access tokens name it).
    PERSON_BY_SESSION = "SELECT s.id AS session, u.id, u.name, u.email, u.role, u.organization_id, u.department_id, u.locale, u.zone
        FROM sessions s JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
        WHERE s.tenant_id = ?1 AND s.id = ?2 AND s.kind = 'api' AND s.revoked_at IS NULL AND s.expires_at > ?3 AND u.status = 'active' LIMIT 1";
    /// The person of a live browser session, by the digest of its cookie.
    PERSON_BY_COOKIE = "SELECT s.id AS session, u.id, u.name, u.email, u.role, u.organization_id, u.department_id, u.locale, u.zone
        FROM sessions s JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
        WHERE s.tenant_id = ?1 AND s.token_hash = ?2 AND s.kind = 'browser' AND s.revoked_at IS NULL AND s.expires_at > ?3 AND u.status = 'active' LIMIT 1";
}

#[derive(Deserialize)]
struct PersonRow {
    session: SessionId,
    id: UserId,
    name: String,
    email: String,
    role: Role,
    organization_id: Option<OrganizationId>,
    department_id: Option<DepartmentId>,
    locale: Option<Locale>,
    zone: Option<String>,
}

/// The person of a live API session.
pub fn person_by_session(session: &SessionId, now: DateTime<Utc>) -> TenantStatement {
    PERSON_BY_SESSION.with(values![session, now])
}

/// The person of a live browser session.
pub fn person_by_cookie(token_hash: &str, now: DateTime<Utc>) -> TenantStatement {
    PERSON_BY_COOKIE.with(values![token_hash, now])
}

/// The row of either statement.
pub fn person(rows: &Rows) -> Result<Option<Person>, DbError> {
    Ok(rows.first::<PersonRow>()?.map(|row| Person {
        id: row.id,
        session: row.session,
        name: row.name,
        email: row.email,
        role: row.role,
        organization: row.organization_id,
        department: row.department_id,
        locale: row.locale,
        zone: row.zone,
    }))
}
