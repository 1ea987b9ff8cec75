//! The audit log: every state change, who made it and on what. Rows are only ever added; the tables' triggers refuse the rest.

use chrono::{DateTime, Utc};

use crate::database::TenantStatement;
use crate::id::EventId;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// What happened.
    INSERT = "INSERT INTO audit_logs (tenant_id, id, at, actor, action, subject, request_id, network, detail)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
}

/// One line of the log.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Id.
    pub id: EventId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who: [`crate::access::Actor::reference`].
    pub actor: &'a str,
    /// What was done, `module.verb`: `session.opened`, `ticket.updated`.
    pub action: &'a str,
    /// On what: an id, or the name of a thing that has none.
    pub subject: &'a str,
    /// The request that did it.
    pub request_id: &'a str,
    /// The client's address, or empty.
    pub network: &'a str,
    /// What was and what is, as JSON. Never a secret.
    pub detail: serde_json::Value,
}

/// Writes a line.
pub fn insert(entry: &Entry<'_>) -> TenantStatement {
    INSERT.with(values![
        &entry.id,
        entry.at,
        entry.actor,
        entry.action,
        entry.subject,
        entry.request_id,
        entry.network,
        entry.detail.to_string()
    ])
}
