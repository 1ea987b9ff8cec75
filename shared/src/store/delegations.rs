//! One's own rights, lent to a deputy for a time. A delegation ends; its row stays.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::TenantStatement;
use crate::id::{DelegationId, UserId};
use crate::tenant_statements;
use crate::values;

/// Delegations to one deputy that are in force or yet to come: each is looked at when a session is.
pub const DELEGATIONS_MAX: u32 = 10;

/// The columns of [`Delegation`].
macro_rules! delegations {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.delegator_id, a.name AS delegator_name, d.deputy_id, b.name AS deputy_name, d.reason, d.starts_at, d.ends_at,
                d.created_by, d.created_at, d.revoked_at
            FROM delegations d
                JOIN users a ON a.tenant_id = d.tenant_id AND a.id = d.delegator_id
                JOIN users b ON b.tenant_id = d.tenant_id AND b.id = d.deputy_id
            WHERE d.tenant_id = ?1 AND ",
            $rest
        )
    };
}

tenant_statements! {
    /// Delegations, the latest first.
    LIST = delegations!("d.id < ?2 ORDER BY d.id DESC LIMIT ?3");
    /// Those of which one person is a party.
    LIST_OF = delegations!("d.id IN (
            SELECT id FROM (SELECT id FROM delegations WHERE tenant_id = ?1 AND delegator_id = ?4 AND id < ?2 ORDER BY id DESC LIMIT ?3)
            UNION SELECT id FROM (SELECT id FROM delegations WHERE tenant_id = ?1 AND deputy_id = ?4 AND id < ?2 ORDER BY id DESC LIMIT ?3))
        ORDER BY d.id DESC LIMIT ?3");
    /// One.
    SHOW = delegations!("d.id = ?2 LIMIT 1");
    /// Who is being stood in for now, and by whom.
    AWAY = "SELECT d.delegator_id, b.name AS deputy_name, d.ends_at FROM delegations d INDEXED BY delegations_by_end
            CROSS JOIN users b ON b.tenant_id = d.tenant_id AND b.id = d.deputy_id
        WHERE d.tenant_id = ?1 AND d.revoked_at IS NULL AND d.ends_at > ?2 AND d.starts_at <= ?2 ORDER BY d.ends_at LIMIT 200";
    /// A new one.
    INSERT = "INSERT INTO delegations (tenant_id, id, delegator_id, deputy_id, reason, starts_at, ends_at, created_by, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    /// There is room for one more that is not over.
    GUARD_COUNT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM delegations WHERE tenant_id = ?1 AND deputy_id = ?2 AND revoked_at IS NULL AND ends_at > ?3) < ?4";
    /// It is still in force or yet to come.
    GUARD_ALIVE = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'already_done',
        EXISTS (SELECT 1 FROM delegations WHERE tenant_id = ?1 AND id = ?2 AND revoked_at IS NULL AND ends_at > ?3)";
    /// It ends.
    REVOKE = "UPDATE delegations SET revoked_at = ?3 WHERE tenant_id = ?1 AND id = ?2";
}

/// Rights lent to a deputy.
#[derive(Debug, Clone, Deserialize)]
pub struct Delegation {
    /// Id.
    pub id: DelegationId,
    /// Whose rights.
    pub delegator_id: UserId,
    /// Their name.
    pub delegator_name: String,
    /// Who has them too.
    pub deputy_id: UserId,
    /// Their name.
    pub deputy_name: String,
    /// Why.
    pub reason: String,
    /// From when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub starts_at: DateTime<Utc>,
    /// Until when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub ends_at: DateTime<Utc>,
    /// Who said so.
    pub created_by: String,
    /// When.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was taken back.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Delegation {
    /// How it stands: `revoked`, `later`, `active` or `over`.
    pub fn state(&self, now: DateTime<Utc>) -> &'static str {
        match self {
            Self { revoked_at: Some(_), .. } => "revoked",
            Self { ends_at, .. } if *ends_at <= now => "over",
            Self { starts_at, .. } if *starts_at > now => "later",
            _ => "active",
        }
    }
}

/// Up to `limit` delegations before the one of id `before` (empty: from the latest), of one person if it is given.
pub fn list(of: Option<&UserId>, before: &str, limit: u32) -> TenantStatement {
    let before = if before.is_empty() { "e" } else { before };
    match of {
        None => LIST.with(values![before, limit]),
        Some(person) => LIST_OF.with(values![before, limit, person]),
    }
}

/// One; read the row as [`Delegation`].
pub fn show(id: &DelegationId) -> TenantStatement {
    SHOW.with(values![id])
}

/// Who is being stood in for at `now`; read the rows as [`Away`].
pub fn away(now: DateTime<Utc>) -> TenantStatement {
    AWAY.with(values![now])
}

/// Somebody who is being stood in for.
#[derive(Debug, Clone, Deserialize)]
pub struct Away {
    /// Who.
    pub delegator_id: UserId,
    /// By whom.
    pub deputy_name: String,
    /// Until when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub ends_at: DateTime<Utc>,
}

/// Writes a delegation; refused (`limit`) when the deputy has [`DELEGATIONS_MAX`] already.
pub fn insert(delegation: &Delegation) -> [TenantStatement; 2] {
    let row = INSERT.with(values![
        &delegation.id,
        &delegation.delegator_id,
        &delegation.deputy_id,
        &delegation.reason,
        delegation.starts_at,
        delegation.ends_at,
        &delegation.created_by,
        delegation.created_at
    ]);
    [GUARD_COUNT.with(values![&delegation.deputy_id, delegation.created_at, DELEGATIONS_MAX]), row]
}

/// Ends a delegation; refused (`already_done`) when it is over.
pub fn revoke(id: &DelegationId, now: DateTime<Utc>) -> [TenantStatement; 2] {
    [GUARD_ALIVE.with(values![id, now]), REVOKE.with(values![id, now])]
}
