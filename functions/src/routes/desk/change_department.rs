//! PATCH /api/departments/{department}: another name or place; archived or not.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DepartmentId;
use shared::store::desk as store;

use super::{Department, department_example};
use crate::actions::{accounts, audit};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What to change: what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentChangesIn {
    /// Name.
    #[serde(default)]
    name: Option<String>,
    /// Its place in lists.
    #[serde(default)]
    position: Option<u16>,
    /// Whether new tickets can no longer choose it.
    #[serde(default)]
    archived: Option<bool>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("desk", "Change a department")
        .path("department", "Id of the department")
        .request::<DepartmentChangesIn>(json!({"archived": true}))
        .answers::<Department>(200, "Changed", department_example())
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = DepartmentId::parse(request.param("department")).map_err(|_| ApiError::not_found())?;
    let changes: DepartmentChangesIn = body::json(&mut request).await?;
    let name = changes.name.as_deref().map(accounts::name).transpose().map_err(|fault| ApiError::invalid(vec![fault]))?;
    let before = ctx.db.run(store::department(&id)).await?.first::<store::Department>()?.ok_or_else(ApiError::not_found)?;
    let detail = json!({
        "from": {"name": before.name, "position": before.position, "archived": before.archived_at.is_some()},
        "to": {"name": name, "position": changes.position, "archived": changes.archived}
    });
    let written = ctx
        .db
        .batch(vec![
            store::update_department(&id, name.as_deref(), changes.position.map(i64::from), changes.archived, ctx.now),
            audit::line(ctx, "department.updated", id.as_str(), detail),
            store::department(&id),
        ])
        .await;
    let rows = match written {
        Err(error) if error.is_refused_by("departments.name") => return Err(ApiError::conflict("name_taken")),
        other => other?,
    };
    let after = rows.last().map(shared::database::Rows::first::<store::Department>).transpose()?.flatten();
    Ok(Response::json(200, &Department::from(after.ok_or_else(ApiError::not_found)?)))
}
