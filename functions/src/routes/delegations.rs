//! `/api/delegations`: one's own rights, lent to a deputy.

pub mod create;
pub mod list;
pub mod revoke;
pub mod show;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::Request;
use shared::id::{DelegationId, UserId};
use shared::store::delegations::Delegation;

use super::access::Named;

/// A delegation as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DelegationView {
    /// Id.
    id: DelegationId,
    /// Whose rights.
    delegator: Named<UserId>,
    /// Who has them too.
    deputy: Named<UserId>,
    /// Why.
    reason: String,
    /// From when.
    starts_at: DateTime<Utc>,
    /// Until when.
    ends_at: DateTime<Utc>,
    /// Who said so.
    created_by: String,
    /// When.
    created_at: DateTime<Utc>,
    /// When it was taken back.
    revoked_at: Option<DateTime<Utc>>,
}

impl From<Delegation> for DelegationView {
    fn from(row: Delegation) -> Self {
        Self {
            id: row.id,
            delegator: Named { id: row.delegator_id, name: row.delegator_name },
            deputy: Named { id: row.deputy_id, name: row.deputy_name },
            reason: row.reason,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            created_by: row.created_by,
            created_at: row.created_at,
            revoked_at: row.revoked_at,
        }
    }
}

/// The delegation that the path names.
fn id(request: &Request) -> Result<DelegationId, ApiError> {
    DelegationId::parse(request.param("delegation")).map_err(|_| ApiError::not_found())
}

fn example() -> Value {
    json!({
        "id": "dlg_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "delegator": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna Kim"},
        "deputy": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6c", "name": "Boris"}, "reason": "Holiday",
        "starts_at": "2026-03-02T07:00:00Z", "ends_at": "2026-03-16T07:00:00Z", "created_by": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b",
        "created_at": "2026-03-02T07:00:00Z", "revoked_at": null
    })
}
