//! Notices on devices in the JSON API. What comes from browsers has the names of the W3C (Push API), not ours.

pub mod add;
pub mod key;
pub mod list;
pub mod quiet_hours;
pub mod quiet_hours_set;
pub mod remove;
pub mod try_out;
pub mod unread;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::Request;
use shared::id::{DeviceId, SessionId};
use shared::push::QuietHours;
use shared::store::push_devices::Listed;

/// A device on which its owner is told of what happens.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PushDevice {
    /// Id.
    id: DeviceId,
    /// Browser and system, as far as they are known.
    #[schema(example = "Chrome, Android")]
    label: String,
    /// Whether it belongs to the session that asks.
    current: bool,
    /// When it was added.
    created_at: DateTime<Utc>,
    /// When it last opened the portal, to a day.
    last_seen_at: DateTime<Utc>,
    /// When a notice was last handed over for it.
    last_sent_at: Option<DateTime<Utc>>,
}

impl PushDevice {
    fn of(row: Listed, session: &SessionId) -> Self {
        Self {
            current: row.session_id == *session,
            id: row.id,
            label: row.label,
            created_at: row.created_at,
            last_seen_at: row.seen_at,
            last_sent_at: row.sent_at,
        }
    }
}

/// When a person wants no notices.
#[derive(Serialize, utoipa::ToSchema)]
pub struct QuietHoursAnswer {
    /// Times of day in the person's own zone; null where there are none.
    data: Option<QuietHoursTimes>,
}

/// From one time of day to another, which may lie on the next day.
#[derive(Serialize, utoipa::ToSchema)]
pub struct QuietHoursTimes {
    /// When they begin.
    #[schema(example = "22:00")]
    from: String,
    /// When they end.
    #[schema(example = "07:00")]
    until: String,
}

impl From<Option<QuietHours>> for QuietHoursAnswer {
    fn from(hours: Option<QuietHours>) -> Self {
        Self { data: hours.map(QuietHours::texts).map(|(from, until)| QuietHoursTimes { from, until }) }
    }
}

fn example() -> Value {
    json!({
        "id": "dev_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "label": "Chrome, Android", "current": true, "created_at": "2026-03-02T07:00:00Z",
        "last_seen_at": "2026-03-02T07:00:00Z", "last_sent_at": null
    })
}

fn id(request: &Request) -> Result<DeviceId, ApiError> {
    DeviceId::parse(request.param("device")).map_err(|_| ApiError::not_found())
}
