//! GET /api/categories: the categories in their order. Anybody who can open a ticket reads them.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::desk as store;

use super::{Category, category_example};
use crate::actions::desk::PLACES_MAX;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// The categories.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CategoryList {
    /// All of them, archived ones too.
    data: Vec<Category>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("desk", "List categories")
        .answers::<CategoryList>(200, "The categories", json!({"data": [category_example()]}))
        .refuses(&[401, 403])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    let rows: Vec<store::Category> = ctx.db.run(store::categories(PLACES_MAX)).await?.all()?;
    Ok(Response::json(200, &CategoryList { data: rows.into_iter().map(Category::from).collect() }))
}
