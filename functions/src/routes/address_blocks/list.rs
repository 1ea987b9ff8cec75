//! GET /api/address-blocks: the newest first, those that are over included for a week. Those with tenant.manage.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::BlockId;
use shared::store::address_blocks::{self as store, Block};

use super::{BlockView, example};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of blocks.
#[derive(Serialize, utoipa::ToSchema)]
pub struct BlockList {
    /// The newest first.
    data: Vec<BlockView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("security", "List blocked addresses")
        .about("The newest first. A block that is over stays in the list for a week.")
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<BlockList>(
            200,
            "A page of blocks",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| BlockId::parse(id).is_ok())?;
    let mut rows: Vec<Block> = ctx.db.run(store::list(after, limit + 1)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    Ok(Response::json(200, &BlockList { data: rows.into_iter().map(BlockView::from).collect(), meta }))
}
