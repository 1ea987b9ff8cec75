//! GET /api/imports: those with desk.manage; imports of people only those with user.manage.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::ImportId;
use shared::store::imports::{self as store, ImportRow};

use super::{ImportView, example};
use crate::actions::imports;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of imports.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ImportList {
    /// The latest first.
    data: Vec<ImportView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("imports", "List imports")
        .about("The latest first. An import is kept for 30 days.")
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<ImportList>(
            200,
            "A page of imports",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let after =
        request.query.get("cursor").map(ImportId::parse).transpose().map_err(|_| ApiError::field("cursor", "bad_cursor"))?;
    let after = after.as_ref().map_or("", ImportId::as_str);
    let mut rows: Vec<ImportRow> = ctx.db.run(store::latest(after, limit + 1)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    let data = rows.into_iter().filter(|row| imports::may(ctx, row.kind).is_ok()).map(ImportView::from).collect();
    Ok(Response::json(200, &ImportList { data, meta }))
}
