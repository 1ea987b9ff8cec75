//! PATCH /api/categories/{category}: another name, department or place; archived or not.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DepartmentId;
use shared::store::desk::{self as store, CategoryChange};

use super::{Category, category_example};
use crate::actions::{accounts, audit};
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
    let typed: CategoryChangesIn = body::json(&mut request).await?;
    let name = typed.name.as_deref().map(accounts::name).transpose().map_err(|fault| ApiError::invalid(vec![fault]))?;
    let before = ctx.db.run(store::category(&slug)).await?.first::<store::Category>()?.ok_or_else(ApiError::not_found)?;
    let detail = json!({
        "from": {"name": before.name, "department": before.department_id, "position": before.position, "archived": before.archived_at.is_some()},
        "to": {"name": name, "department": typed.department, "position": typed.position, "archived": typed.archived}
    });
    let change =
        CategoryChange { name, department: typed.department, position: typed.position.map(i64::from), archived: typed.archived };
    let written = ctx
        .db
        .batch(vec![
            store::update_category(&slug, &change, ctx.now),
            audit::line(ctx, "category.updated", &slug, detail),
            store::category(&slug),
        ])
        .await;
    let rows = match written {
        Err(error) if error.is_refused_by("foreign_key") => return Err(ApiError::field("department", "unknown_value")),
        other => other?,
    };
    let after = rows.last().map(shared::database::Rows::first::<store::Category>).transpose()?.flatten();
    Ok(Response::json(200, &Category::from(after.ok_or_else(ApiError::not_found)?)))
}
