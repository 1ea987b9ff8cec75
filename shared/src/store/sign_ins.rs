//! What a person reads of their own signing in and out: lines of the audit log.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::TenantStatement;
use crate::id::UserId;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// The latest: what the person did, and what somebody was refused who gave the person's user name.
    LATEST = "SELECT at, action, network FROM (
            SELECT at, action, network FROM (SELECT at, action, network FROM audit_logs
                WHERE tenant_id = ?1 AND actor = ?2 AND action >= 'session.' AND action < 'session/' AND action <> 'session.refreshed'
                ORDER BY at DESC LIMIT ?3)
            UNION ALL SELECT at, action, network FROM (SELECT at, action, network FROM audit_logs
                WHERE tenant_id = ?1 AND subject = ?2 AND action = 'session.refused' ORDER BY at DESC LIMIT ?3))
        ORDER BY at DESC LIMIT ?3";
}

/// One line.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    /// When.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub at: DateTime<Utc>,
    /// What: `session.opened`.
    pub action: String,
    /// From where.
    pub network: String,
}

/// Up to `limit` of the latest lines; read the rows as [`Line`].
pub fn latest(user: &UserId, limit: u32) -> TenantStatement {
    LATEST.with(values![user, limit])
}
