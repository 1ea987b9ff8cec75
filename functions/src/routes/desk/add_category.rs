//! POST /api/categories: a category is added.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DepartmentId;

use super::{Category, category_example};
use crate::actions::desk;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A category to add.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCategoryIn {
    /// What tickets will call it: lower-case letters, digits and `-`, at most 40. It never changes.
    slug: String,
    /// What people read.
    name: String,
    /// Which department its tickets go to.
    #[serde(default)]
    department: Option<DepartmentId>,
    /// Its place in lists; 0 when left out.
    #[serde(default)]
    position: u16,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("desk", "Add a category")
        .request::<NewCategoryIn>(json!({"slug": "accounting", "name": "Accounting"}))
        .answers::<Category>(201, "Added", category_example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Adds it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new: NewCategoryIn = body::json(&mut request).await?;
    let added = desk::add_category(ctx, &new.slug, &new.name, new.department, i64::from(new.position)).await?;
    Ok(Response::json(201, &Category::from(added)))
}
