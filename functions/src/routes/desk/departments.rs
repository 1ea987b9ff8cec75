//! GET /api/departments: the desk's departments in their order.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::desk as store;

use super::{Department, department_example};
use crate::actions::desk::PLACES_MAX;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// The departments.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DepartmentList {
    /// All of them, archived ones too.
    data: Vec<Department>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("desk", "List departments")
        .answers::<DepartmentList>(200, "The departments", json!({"data": [department_example()]}))
        .refuses(&[401, 403])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    let rows: Vec<store::Department> = ctx.db.run(store::departments(PLACES_MAX)).await?.all()?;
    Ok(Response::json(200, &DepartmentList { data: rows.into_iter().map(Department::from).collect() }))
}
