//! POST /api/roles: those with access.manage make a role of the tenant's own.

use serde::Deserialize;
use serde_json::json;
use shared::access::Role;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{RoleView, answer, example};
use crate::actions::roles::{self, Typed};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A role to make.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRoleIn {
    /// What people call it; no other role of the tenant is called so.
    #[schema(example = "Night shift")]
    name: String,
    /// What it is for.
    #[serde(default)]
    #[schema(example = "Answers, and assigns nothing")]
    description: String,
    /// Which of the five it is built on. It cannot be changed later.
    base: Role,
    /// Names of permissions, as `GET /api/permissions` lists them.
    #[schema(example = json!(["ticket.read", "ticket.read_internal", "ticket.reply", "desk.read"]))]
    permissions: Vec<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("roles", "Make a role")
        .about(
            "A role of the tenant's own holds exactly the permissions that are named, more or fewer than the one that it is built on; the \
             base decides whether its people belong to the desk or to the portal. One that is built on `client` can hold what clients can \
             hold and no more. Nobody makes a role that holds more than they hold themselves (403 `more_than_own`).",
        )
        .request::<NewRoleIn>(json!({
            "name": "Night shift", "description": "Answers, and assigns nothing", "base": "agent",
            "permissions": ["ticket.read", "ticket.read_internal", "ticket.reply", "desk.read"]
        }))
        .sends_etag()
        .sends_location()
        .answers::<RoleView>(201, "The role; Location and ETag name it and its version", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Makes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new: NewRoleIn = body::json(&mut request).await?;
    let typed = Typed { name: Some(new.name), description: Some(new.description), permissions: Some(new.permissions) };
    let role = roles::create(ctx, new.base, &typed).await?;
    let location = format!("/api/roles/{}", role.id);
    Ok(answer(201, RoleView::from(role)).with("location", location))
}
