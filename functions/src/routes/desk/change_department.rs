//! PATCH /api/departments/{department}: another name or place; archived or not.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DepartmentId;

use super::{Department, department_example};
use crate::actions::desk::{self, DepartmentChange};
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
    let sent: DepartmentChangesIn = body::json(&mut request).await?;
    let change = DepartmentChange { name: sent.name, position: sent.position.map(i64::from), archived: sent.archived };
    Ok(Response::json(200, &Department::from(desk::change_department(ctx, &id, change).await?)))
}
