//! GET /api/roles/{role}: one of the five by name, or one of the tenant's own by id. Everybody with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::roles::RoleChoice;

use super::{RoleView, answer, choice, example};
use crate::actions::roles;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("roles", "Show a role")
        .path("role", "admin, manager, agent, client, analyst, or an id (rol_...)")
        .sends_etag()
        .answers::<RoleView>(200, "The role; ETag is its version", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let role = match choice(&request)? {
        RoleChoice::BuiltIn(role) => RoleView::built_in(ctx.locale, role),
        RoleChoice::Own(id) => RoleView::from(roles::find(ctx, &id).await?),
    };
    Ok(answer(200, role))
}
