//! `/api/security-alerts`: what looked like an attack.

pub mod acknowledge;
pub mod lift;
pub mod list;
pub mod silence;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::alert::Kind;
use shared::error::ApiError;
use shared::http::Request;
use shared::id::{AlertId, UserId};
use shared::store::security_alerts::Alert;

/// An alert as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AlertView {
    /// Id.
    id: AlertId,
    /// What.
    kind: Kind,
    /// About whom: a person's id, or a network.
    subject: String,
    /// What it rests on: counts, countries, addresses; which of them depends on the kind.
    #[schema(value_type = Object)]
    detail: Value,
    /// When it was raised.
    created_at: DateTime<Utc>,
    /// When somebody looked at it.
    acknowledged_at: Option<DateTime<Utc>>,
    /// Who.
    acknowledged_by: Option<UserId>,
    /// Until when no alert of this kind is raised about the same subject.
    silenced_until: Option<DateTime<Utc>>,
}

impl From<Alert> for AlertView {
    fn from(alert: Alert) -> Self {
        Self {
            id: alert.id,
            kind: alert.kind,
            subject: alert.subject,
            detail: alert.detail,
            created_at: alert.created_at,
            acknowledged_at: alert.acknowledged_at,
            acknowledged_by: alert.acknowledged_by,
            silenced_until: alert.silenced_until,
        }
    }
}

/// The alert that the path names.
fn id(request: &Request) -> Result<AlertId, ApiError> {
    AlertId::parse(request.param("alert")).map_err(|_| ApiError::not_found())
}

fn example() -> Value {
    json!({
        "id": "alt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "kind": "password_spraying", "subject": "198.51.100.66",
        "detail": {"accounts": 14, "tries": 31}, "created_at": "2026-03-02T07:00:00Z", "acknowledged_at": null, "acknowledged_by": null,
        "silenced_until": null
    })
}
