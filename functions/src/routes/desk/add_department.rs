//! POST /api/departments: a department is added.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{Department, answer, department_example};
use crate::actions::desk;
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
        .sends_etag()
        .answers::<Department>(201, "Added", department_example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Adds it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new: NewDepartmentIn = body::json(&mut request).await?;
    Ok(answer(201, desk::add_department(ctx, &new.name, i64::from(new.position)).await?))
}
