//! GET /api/directories: everybody with access.read.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DirectoryId;
use shared::store::directories::{self as store, Directory};

use super::{DirectoryView, example};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of directories.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DirectoryList {
    /// By name.
    data: Vec<DirectoryView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("directories", "List directories")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<DirectoryList>(
            200,
            "A page of directories",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| DirectoryId::parse(id).is_ok())?;
    let mut rows: Vec<Directory> = ctx.db.run(store::list(after, limit + 1)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    Ok(Response::json(200, &DirectoryList { data: rows.into_iter().map(DirectoryView::from).collect(), meta }))
}
