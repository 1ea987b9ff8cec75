//! PATCH /api/categories/{category}: another name, department or place; archived or not.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DepartmentId;
use shared::store::desk::CategoryChange;

use super::{Category, category_example};
use crate::actions::desk;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::users::nullable;

/// What to change: what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
pub struct CategoryChangesIn {
    /// What people read.
    #[serde(default)]
    name: Option<String>,
    /// Which department its tickets go to; `null` for none.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    department: Option<Option<DepartmentId>>,
    /// Its place in lists.
    #[serde(default)]
    position: Option<u16>,
    /// Whether new tickets can no longer choose it.
    #[serde(default)]
    archived: Option<bool>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("desk", "Change a category")
        .path("category", "Slug of the category")
        .request::<CategoryChangesIn>(json!({"archived": true}))
        .answers::<Category>(200, "Changed", category_example())
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let slug = request.param("category").to_owned();
    let sent: CategoryChangesIn = body::json(&mut request).await?;
    let change = CategoryChange {
        name: sent.name,
        department: sent.department,
        position: sent.position.map(i64::from),
        archived: sent.archived,
    };
    Ok(Response::json(200, &Category::from(desk::change_category(ctx, &slug, change).await?)))
}
