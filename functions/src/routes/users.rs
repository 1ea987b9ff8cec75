//! The tenant's people in the JSON API.

pub mod create;
pub mod list;
pub mod notifications;
pub mod notifications_update;
pub mod remove_second_factor;
pub mod show;
pub mod update;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use shared::access::Role;
use shared::i18n::Locale;
use shared::id::{DepartmentId, OrganizationId, UserId};
use shared::store::people::Listed;
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
    /// Role.
    role: Role,
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
    /// When they came.
    created_at: Option<DateTime<Utc>>,
    /// When they were last changed.
    updated_at: Option<DateTime<Utc>>,
    /// Grows with every change; goes into `If-Match`.
    version: i64,
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
            status: row.status,
            organization: row.organization_id.zip(row.organization_name).map(|(id, name)| OrganizationName { id, name }),
            department: row.department_id.zip(row.department_name).map(|(id, name)| DepartmentName { id, name }),
            locale: row.locale,
            time_zone: row.zone,
            mail_blocked: row.mail_blocked_at.is_some(),
            created_at: DateTime::from_timestamp_millis(row.created_at),
            updated_at: DateTime::from_timestamp_millis(row.updated_at),
            version: row.version,
        }
    }
}

fn example() -> serde_json::Value {
    json!({
        "id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna Kim", "email": "anna@client.example", "role": "client",
        "status": "active", "organization": {"id": "org_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Client Ltd"}, "department": null,
        "locale": "ru", "time_zone": null, "mail_blocked": false, "created_at": "2026-03-02T07:00:00Z",
        "updated_at": "2026-03-02T07:00:00Z", "version": 1
    })
}

/// A field that may be left out, and `null`.
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}
