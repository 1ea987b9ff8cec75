//! POST /api/categories: a category is added.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DepartmentId;
use shared::store::desk as store;

use super::{Category, category_example};
use crate::actions::{accounts, audit};
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
    let name = accounts::name(&new.name).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let is_slug = (1..=40).contains(&new.slug.len())
        && new.slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_slug {
        return Err(ApiError::field("slug", "bad_format"));
    }
    let position = i64::from(new.position);
    let written = ctx
        .db
        .batch(vec![
            store::insert_category(&new.slug, &name, new.department.as_ref(), position),
            audit::line(
                ctx,
                "category.created",
                &new.slug,
                json!({"name": name, "department": new.department, "position": position}),
            ),
        ])
        .await;
    match written {
        Err(error) if error.is_refused_by("categories.slug") => return Err(ApiError::conflict("name_taken")),
        Err(error) if error.is_refused_by("foreign_key") => return Err(ApiError::field("department", "unknown_value")),
        other => other?,
    };
    let row = store::Category { slug: new.slug, name, department_id: new.department, position, archived_at: None };
    Ok(Response::json(201, &Category::from(row)))
}
