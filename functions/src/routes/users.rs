//! The tenant's people in the JSON API.

pub mod create;
pub mod delete;
pub mod list;
pub mod notifications;
pub mod notifications_update;
pub mod remove_second_factor;
pub mod shortcuts;
pub mod shortcuts_update;
pub mod show;
pub mod tabs;
pub mod tabs_update;
pub mod update;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use shared::access::Role;
use shared::error::ApiError;
use shared::i18n::Locale;
use shared::id::{DepartmentId, OrganizationId, RoleId, UserId};
use shared::store::people::Listed;
use shared::store::roles::RoleChoice;
use shared::store::users::Status;

/// A person.
#[derive(Serialize, utoipa::ToSchema)]
pub struct User {
    /// Id.
    id: UserId,
    /// Name.
    name: String,
    /// Address; also the user name.
    email: String,
    /// Role: one of the five. Of a role of the tenant's own the one that it is built on.
    role: Role,
    /// The role of the tenant's own, if the person has one.
    own_role: Option<RoleName>,
    /// Whether they can sign in.
    status: Status,
    /// Company of a client.
    organization: Option<OrganizationName>,
    /// Department of staff.
    department: Option<DepartmentName>,
    /// Chosen language.
    locale: Option<Locale>,
    /// Chosen time zone.
    time_zone: Option<String>,
    /// Whether mail bounced for good and is not sent there.
    mail_blocked: bool,
    /// Since when they are gone for good.
    removed_at: Option<DateTime<Utc>>,
    /// When they came.
    created_at: Option<DateTime<Utc>>,
    /// When they were last changed.
    updated_at: Option<DateTime<Utc>>,
    /// Grows with every change; goes into `If-Match`.
    version: i64,
}

/// A role of the tenant's own by name.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RoleName {
    /// Id.
    id: RoleId,
    /// Name.
    name: String,
}

/// An organization by name.
#[derive(Serialize, utoipa::ToSchema)]
pub struct OrganizationName {
    /// Id.
    id: OrganizationId,
    /// Name.
    name: String,
}

/// A department by name.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DepartmentName {
    /// Id.
    id: DepartmentId,
    /// Name.
    name: String,
}

impl From<Listed> for User {
    fn from(row: Listed) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            role: row.role,
            own_role: row.role_id.zip(row.role_name).map(|(id, name)| RoleName { id, name }),
            status: row.status,
            organization: row.organization_id.zip(row.organization_name).map(|(id, name)| OrganizationName { id, name }),
            department: row.department_id.zip(row.department_name).map(|(id, name)| DepartmentName { id, name }),
            locale: row.locale,
            time_zone: row.zone,
            mail_blocked: row.mail_blocked_at.is_some(),
            removed_at: row.removed_at.and_then(DateTime::from_timestamp_millis),
            created_at: DateTime::from_timestamp_millis(row.created_at),
            updated_at: DateTime::from_timestamp_millis(row.updated_at),
            version: row.version,
        }
    }
}

fn example() -> serde_json::Value {
    json!({
        "id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna Kim", "email": "anna@client.example", "role": "client",
        "own_role": null, "status": "active", "organization": {"id": "org_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Client Ltd"}, "department": null,
        "locale": "ru", "time_zone": null, "mail_blocked": false, "removed_at": null, "created_at": "2026-03-02T07:00:00Z",
        "updated_at": "2026-03-02T07:00:00Z", "version": 1
    })
}

/// The role that was sent: one of the five by name, or one of the tenant's own by id.
fn role(text: &str) -> Result<RoleChoice, ApiError> {
    RoleChoice::parse(text).ok_or_else(|| ApiError::field("role", "unknown_value"))
}

/// A field that may be left out, and `null`.
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}
