//! PATCH /api/roles/{role}: those with access.manage change a role of the tenant's own.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{RoleView, answer, example, own};
use crate::actions::roles::{self, Typed};
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// What to change: what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleChangesIn {
    /// Name.
    #[serde(default)]
    name: Option<String>,
    /// What it is for.
    #[serde(default)]
    description: Option<String>,
    /// All that it holds from now on.
    #[serde(default)]
    #[schema(example = json!(["ticket.read", "ticket.read_internal", "ticket.reply"]))]
    permissions: Option<Vec<String>>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("roles", "Change a role")
        .about(
            "In force at the next request of everybody who has it; their open pages come back with it. Nobody adds what they do not hold \
             themselves (403 `more_than_own`), and somebody must be left who can administer the tenant (422 `locks_out_last_admin`). Which \
             of the five it is built on stays: for another base make another role. The five themselves stay as they are (409 `role_builtin`).",
        )
        .path("role", "Its id (rol_...)")
        .header("If-Match", "The ETag that was read, or *; may be left out")
        .request::<RoleChangesIn>(json!({"permissions": ["ticket.read", "ticket.read_internal", "ticket.reply"]}))
        .sends_etag()
        .answers::<RoleView>(200, "The role as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = own(&request)?;
    let if_match = IfMatch::read_if_sent(&request)?;
    let changes: RoleChangesIn = body::json(&mut request).await?;
    let typed = Typed { name: changes.name, description: changes.description, permissions: changes.permissions };
    Ok(answer(200, RoleView::from(roles::change(ctx, &id, if_match, &typed).await?)))
}
