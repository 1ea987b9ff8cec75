//! `/api/sla/rules`: the tenant's policies.

pub mod create;
pub mod delete;
pub mod list;
pub mod show;
pub mod update;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::PolicyId;
use shared::sla::{Conditions, HoursPerTarget, Notices, Reopen, TargetsPerPriority};

use super::shown;
use crate::actions::sla::policies::Rule;
use crate::entity_tag::etag;

/// A policy as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RuleView {
    /// Id.
    id: PolicyId,
    /// What people call it.
    name: String,
    /// Policies are tried in this order, the smallest first.
    position: u32,
    /// Whether it takes part.
    enabled: bool,
    /// Which tickets it is for.
    conditions: Conditions,
    /// The calendar in which business hours are counted.
    calendar_id: String,
    /// What is promised for each priority.
    targets: TargetsPerPriority,
    /// In which hours each promise is counted.
    hours: HoursPerTarget,
    /// At which shares of the promised time people are warned, in percent.
    warn_percent: Vec<u8>,
    /// What happens to the resolution clock of a ticket that is opened again.
    reopen: Reopen,
    /// When mails about its warnings and missed promises leave.
    notices: Notices,
    /// Counts the changes; the entity tag.
    version: i64,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was last changed.
    updated_at: DateTime<Utc>,
}

impl From<Rule> for RuleView {
    fn from(rule: Rule) -> Self {
        Self {
            id: rule.id,
            name: rule.form.name,
            position: rule.form.position,
            enabled: rule.form.enabled,
            conditions: rule.form.conditions,
            calendar_id: rule.form.calendar_id,
            targets: rule.form.targets,
            hours: rule.form.hours,
            warn_percent: rule.form.warn_percent,
            reopen: rule.form.reopen,
            notices: rule.form.notices,
            version: rule.version,
            created_at: rule.created_at,
            updated_at: rule.updated_at,
        }
    }
}

/// The policy that the path names.
fn id(request: &Request) -> Result<PolicyId, ApiError> {
    PolicyId::parse(request.param("rule")).map_err(|_| ApiError::not_found())
}

fn answer(status: u16, rule: Rule) -> Response {
    let tag = etag(rule.version);
    Response::json(status, &RuleView::from(rule)).with("etag", tag)
}

/// A policy for the API document, as it is sent.
fn example_in() -> Value {
    json!({
        "name": "Gold contract", "position": 0, "conditions": {"customer_types": ["gold"]},
        "calendar_id": "cal_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b",
        "targets": {
            "critical": {"first_response_minutes": 15, "next_response_minutes": 30, "resolution_minutes": 120},
            "high": {"first_response_minutes": 60, "next_response_minutes": 60, "resolution_minutes": 480},
            "medium": {"first_response_minutes": 240, "next_response_minutes": 240, "resolution_minutes": 1440},
            "low": {"first_response_minutes": 480, "resolution_minutes": 4320}
        },
        "hours": {"first_response": "business", "next_response": "business", "resolution": "business"},
        "warn_percent": [75, 90], "reopen": "continue", "notices": "at_once"
    })
}

/// The same as it is shown.
fn example() -> Value {
    shown(
        example_in(),
        json!({
            "id": "sla_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b",
            "enabled": true,
            "version": 1,
            "created_at": "2026-03-02T07:00:00Z",
            "updated_at": "2026-03-02T07:00:00Z",
        }),
    )
}
