//! `/api/grants`: roles given to people and groups.

pub mod create;
pub mod list;
pub mod revoke;
pub mod show;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::access::{Reach, Role};
use shared::error::ApiError;
use shared::http::Request;
use shared::id::{GrantId, GroupId, UserId};
use shared::store::grants::{FOREVER, Grant};

use super::access::Named;

/// A grant as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct GrantView {
    /// Id.
    id: GrantId,
    /// The person who has it.
    user: Option<Named<UserId>>,
    /// The group whose members have it.
    group: Option<Named<GroupId>>,
    /// The role: one of the five, or the id of one of the tenant's own.
    role: String,
    /// Name of a role of the tenant's own.
    role_name: Option<String>,
    /// One of the five, also the one that a role of the tenant's own is built on.
    base: Role,
    /// For which tickets.
    reach: Reach,
    /// The organization or department, where it is not the holder's own.
    place: Option<String>,
    /// Why it was given.
    reason: String,
    /// From when.
    starts_at: DateTime<Utc>,
    /// Until when; `null` for good.
    ends_at: Option<DateTime<Utc>>,
    /// Who gave it.
    created_by: String,
    /// When.
    created_at: DateTime<Utc>,
    /// When it was taken back.
    revoked_at: Option<DateTime<Utc>>,
}

impl From<Grant> for GrantView {
    fn from(grant: Grant) -> Self {
        Self {
            id: grant.id,
            user: grant.user_id.map(|id| Named { id, name: grant.user_name.unwrap_or_default() }),
            group: grant.group_id.map(|id| Named { id, name: grant.group_name.unwrap_or_default() }),
            role: grant.role_id.as_ref().map_or_else(|| grant.role.as_str().to_owned(), ToString::to_string),
            role_name: grant.role_name,
            base: grant.role,
            reach: grant.reach,
            place: grant.place,
            reason: grant.reason,
            starts_at: DateTime::from_timestamp_millis(grant.starts_at).unwrap_or(grant.created_at),
            ends_at: (grant.ends_at < FOREVER).then(|| DateTime::from_timestamp_millis(grant.ends_at)).flatten(),
            created_by: grant.created_by,
            created_at: grant.created_at,
            revoked_at: grant.revoked_at,
        }
    }
}

/// The grant that the path names.
fn id(request: &Request) -> Result<GrantId, ApiError> {
    GrantId::parse(request.param("grant")).map_err(|_| ApiError::not_found())
}

fn example() -> Value {
    json!({
        "id": "gra_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "user": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna Kim"},
        "group": null, "role": "manager", "role_name": null, "base": "manager", "reach": "department", "place": null,
        "reason": "Stands in for the head of the department", "starts_at": "2026-03-02T07:00:00Z", "ends_at": "2026-03-16T07:00:00Z",
        "created_by": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6c", "created_at": "2026-03-02T07:00:00Z", "revoked_at": null
    })
}
