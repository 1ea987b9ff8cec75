//! `/api/roles`: the five that are built in, and the tenant's own.

pub mod create;
pub mod delete;
pub mod list;
pub mod show;
pub mod update;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::access::{Permission, Permissions, Role};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::{self, Locale};
use shared::id::RoleId;
use shared::store::roles::{OwnRole, RoleChoice};

use crate::entity_tag::etag;

/// A role as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RoleView {
    /// Of those that are built in the name (`agent`), of the tenant's own `rol_...`.
    #[schema(value_type = String)]
    id: String,
    /// What people call it.
    name: String,
    /// What it is for.
    description: String,
    /// Whether it is one of the five, which nobody changes.
    builtin: bool,
    /// Which of the five it is built on: that decides between desk and portal.
    base: Role,
    /// What it holds.
    permissions: Vec<Permission>,
    /// Counts the changes; the entity tag.
    version: i64,
    /// When it was made; of those that are built in never.
    created_at: Option<DateTime<Utc>>,
    /// When it was last changed.
    updated_at: Option<DateTime<Utc>>,
}

impl From<OwnRole> for RoleView {
    fn from(role: OwnRole) -> Self {
        Self {
            id: role.id.to_string(),
            name: role.name,
            description: role.description,
            builtin: false,
            base: role.base,
            permissions: role.permissions.iter().collect(),
            version: role.version,
            created_at: Some(role.created_at),
            updated_at: Some(role.updated_at),
        }
    }
}

impl RoleView {
    /// One of the five, in the reader's language.
    fn built_in(locale: Locale, role: Role) -> Self {
        Self {
            id: role.as_str().to_owned(),
            name: i18n::text(locale, "role", &[("value", role.as_str().into())]),
            description: i18n::text(locale, "access-role-about", &[("value", role.as_str().into())]),
            builtin: true,
            base: role,
            permissions: Permissions::of(role.permissions()).iter().collect(),
            version: 1,
            created_at: None,
            updated_at: None,
        }
    }
}

/// The role that the path names.
fn choice(request: &Request) -> Result<RoleChoice, ApiError> {
    RoleChoice::parse(request.param("role")).ok_or_else(ApiError::not_found)
}

/// The same where it is to be changed: 409 `role_builtin` for one of the five.
fn own(request: &Request) -> Result<RoleId, ApiError> {
    match choice(request)? {
        RoleChoice::Own(id) => Ok(id),
        RoleChoice::BuiltIn(_) => Err(ApiError::conflict("role_builtin")),
    }
}

fn answer(status: u16, role: RoleView) -> Response {
    let tag = etag(role.version);
    Response::json(status, &role).with("etag", tag)
}

fn example() -> Value {
    json!({
        "id": "rol_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Night shift", "description": "Answers, and assigns nothing", "builtin": false,
        "base": "agent", "permissions": ["ticket.read", "ticket.read_internal", "ticket.reply", "desk.read"], "version": 1,
        "created_at": "2026-03-02T07:00:00Z", "updated_at": "2026-03-02T07:00:00Z"
    })
}
