//! Customers' organizations in the JSON API.

pub mod create;
pub mod delete;
pub mod list;
pub mod show;
pub mod update;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::Request;
use shared::id::OrganizationId;
use shared::store::desk;

/// A customer's company.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Organization {
    /// Id.
    id: OrganizationId,
    /// Name.
    name: String,
    /// What SLA policies tell customers apart by.
    customer_type: String,
    /// When it was added.
    created_at: Option<DateTime<Utc>>,
}

impl From<desk::Organization> for Organization {
    fn from(row: desk::Organization) -> Self {
        Self {
            id: row.id,
            name: row.name,
            customer_type: row.customer_type,
            created_at: DateTime::from_timestamp_millis(row.created_at),
        }
    }
}

fn example() -> serde_json::Value {
    json!({"id": "org_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Client Ltd", "customer_type": "standard", "created_at": "2026-03-02T07:00:00Z"})
}

/// The organization that the path names.
fn id(request: &Request) -> Result<OrganizationId, ApiError> {
    OrganizationId::parse(request.param("organization")).map_err(|_| ApiError::not_found())
}
