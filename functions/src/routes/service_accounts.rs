//! `/api/service-accounts`: accounts of programs.

pub mod create;
pub mod delete;
pub mod list;
pub mod show;
pub mod update;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::access::Role;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{RoleId, UserId};
use shared::store::roles::RoleChoice;
use shared::store::service_accounts::ServiceAccount;
use shared::store::users::Status;

use crate::entity_tag::etag;

/// An account of a program as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ServiceAccountView {
    /// Id; also the `client_id` for `POST /api/oauth/token`.
    id: UserId,
    /// What people call it.
    name: String,
    /// Role: one of the five. Of a role of the tenant's own the one that it is built on.
    role: Role,
    /// The role of the tenant's own, if it is one.
    own_role: Option<RoleId>,
    /// `active` or `disabled`: then its keys are good for nothing.
    status: Status,
    /// Keys that are neither revoked nor expired.
    live_keys: u32,
    /// Counts the changes; the entity tag.
    version: i64,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was last changed.
    updated_at: DateTime<Utc>,
}

impl From<ServiceAccount> for ServiceAccountView {
    fn from(account: ServiceAccount) -> Self {
        Self {
            id: account.id,
            name: account.name,
            role: account.role,
            own_role: account.role_id,
            status: account.status,
            live_keys: account.live_keys,
            version: account.version,
            created_at: account.created_at,
            updated_at: account.updated_at,
        }
    }
}

/// The account that the path names.
pub fn id(request: &Request) -> Result<UserId, ApiError> {
    UserId::parse(request.param("account")).map_err(|_| ApiError::not_found())
}

/// A role as it was sent: `agent`, or `rol_...`.
fn role(sent: &str) -> Result<RoleChoice, ApiError> {
    RoleChoice::parse(sent).ok_or_else(|| ApiError::field("role", "unknown_value"))
}

fn answer(status: u16, account: ServiceAccount) -> Response {
    let tag = etag(account.version);
    Response::json(status, &ServiceAccountView::from(account)).with("etag", tag)
}

fn example() -> Value {
    json!({
        "id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Warehouse ERP", "role": "agent", "own_role": null, "status": "active",
        "live_keys": 1, "version": 1, "created_at": "2026-03-02T07:00:00Z", "updated_at": "2026-03-02T07:00:00Z"
    })
}
