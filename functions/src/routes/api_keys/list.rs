//! GET /api/api-keys: keys, latest first. Everybody with access.read.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{ApiKeyId, UserId};
use shared::store::api_keys::{self as store, Listed};

use super::{ApiKeyView, example};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of keys.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ApiKeyList {
    /// The keys.
    data: Vec<ApiKeyView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("api-keys", "List API keys")
        .about("Latest first, those that are over too, until 90 days after their end.")
        .query("account", "Only those of this service account")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<ApiKeyList>(
            200,
            "A page of keys",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &["account"])?;
    let limit = page::limit(&request)?;
    let cursor = page::cursor(&request, |id| ApiKeyId::parse(id).is_ok())?;
    let account = request.query.get("account").map(UserId::parse).transpose();
    let account = account.map_err(|_| ApiError::field("account", "unknown_value"))?;
    let mut rows: Vec<Listed> = ctx.db.run(store::list(account.as_ref(), cursor, limit + 1)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    let data = rows.into_iter().map(|key| ApiKeyView::of(key, ctx.now)).collect();
    Ok(Response::json(200, &ApiKeyList { data, meta }))
}
