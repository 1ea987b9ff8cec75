//! POST /api/departments: a department is added.

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

/// A department to add.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDepartmentIn {
    /// Name.
    name: String,
    /// Its place in lists; 0 when left out.
    #[serde(default)]
    position: u16,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("desk", "Add a department")
        .request::<NewDepartmentIn>(json!({"name": "First line"}))
        .answers::<Department>(201, "Added", department_example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Adds it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new: NewDepartmentIn = body::json(&mut request).await?;
    let name = accounts::name(&new.name).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let id: DepartmentId = ctx.ids().next();
    let written = ctx
        .db
        .batch(vec![
            store::insert_department(&id, &name, i64::from(new.position)),
            audit::line(ctx, "department.created", id.as_str(), json!({"name": name, "position": new.position})),
        ])
        .await;
    match written {
        Err(error) if error.is_refused_by("departments.name") => return Err(ApiError::conflict("name_taken")),
        other => other?,
    };
    let row = store::Department { id, name, position: i64::from(new.position), archived_at: None };
    Ok(Response::json(201, &Department::from(row)))
}
