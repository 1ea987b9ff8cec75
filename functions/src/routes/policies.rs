//! `/api/policies`: conditions under which permissions are given or denied beyond all roles.

pub mod create;
pub mod delete;
pub mod explain;
pub mod list;
pub mod show;
pub mod update;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::access::{Effect, Permission};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::AccessPolicyId;
use shared::store::access_policies::Kept;

use crate::actions::policies::Typed;
use crate::entity_tag::etag;

/// A policy as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PolicyView {
    /// Id.
    id: AccessPolicyId,
    /// What people call it.
    name: String,
    /// What it is for.
    description: String,
    /// What it does where its condition holds.
    effect: Effect,
    /// With which permissions.
    permissions: Vec<Permission>,
    /// A `JsonLogic` rule over `actor.*`, `ticket.*` and `request.*`.
    condition: Value,
    /// Whether it is in force.
    enabled: bool,
    /// Counts the changes; the entity tag.
    version: i64,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was last changed.
    updated_at: DateTime<Utc>,
}

impl From<Kept> for PolicyView {
    fn from(policy: Kept) -> Self {
        Self {
            id: policy.id,
            name: policy.name,
            description: policy.description,
            effect: policy.effect,
            permissions: policy.permissions.iter().collect(),
            condition: policy.condition.rule().clone(),
            enabled: policy.enabled,
            version: policy.version,
            created_at: policy.created_at,
            updated_at: policy.updated_at,
        }
    }
}

/// A policy to make, or what to change of one: what is left out of a change stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessPolicyIn {
    /// What people call it; no other policy of the tenant is called so.
    #[serde(default)]
    name: Option<String>,
    /// What it is for.
    #[serde(default)]
    description: Option<String>,
    /// What it does where its condition holds.
    #[serde(default)]
    effect: Option<Effect>,
    /// Names of permissions.
    #[serde(default)]
    permissions: Option<Vec<String>>,
    /// A `JsonLogic` rule.
    #[serde(default)]
    condition: Option<Value>,
    /// Whether it is in force.
    #[serde(default)]
    enabled: Option<bool>,
}

impl From<AccessPolicyIn> for Typed {
    fn from(sent: AccessPolicyIn) -> Self {
        Self {
            name: sent.name,
            description: sent.description,
            effect: sent.effect,
            permissions: sent.permissions,
            condition: sent.condition,
            enabled: sent.enabled,
        }
    }
}

/// The policy that the path names.
fn id(request: &Request) -> Result<AccessPolicyId, ApiError> {
    AccessPolicyId::parse(request.param("access_policy")).map_err(|_| ApiError::not_found())
}

fn answer(status: u16, policy: Kept) -> Response {
    let tag = etag(policy.version);
    Response::json(status, &PolicyView::from(policy)).with("etag", tag)
}

fn example_in() -> Value {
    json!({
        "name": "Critical tickets from the office only", "description": "", "effect": "deny", "permissions": ["ticket.read", "ticket.update"],
        "condition": {"and": [
            {"==": [{"var": "ticket.priority"}, "critical"]},
            {"!": {"in_network": [{"var": "request.address"}, ["192.0.2.0/24"]]}}
        ]}, "enabled": true
    })
}

fn example() -> Value {
    let mut example = example_in();
    if let Value::Object(fields) = &mut example {
        fields.insert("id".to_owned(), json!("pol_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b"));
        fields.insert("version".to_owned(), json!(1));
        fields.insert("created_at".to_owned(), json!("2026-03-02T07:00:00Z"));
        fields.insert("updated_at".to_owned(), json!("2026-03-02T07:00:00Z"));
    }
    example
}
