//! GET /api/policies: by name. Everybody with access.read.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::AccessPolicyId;
use shared::store::access_policies::{self as store, Kept};

use super::{PolicyView, example};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of policies.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PolicyList {
    /// The policies.
    data: Vec<PolicyView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("policies", "List policies")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<PolicyList>(
            200,
            "A page of policies",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| AccessPolicyId::parse(id).is_ok())?;
    let mut rows: Vec<Kept> = ctx.db.run(store::list(after, limit + 1)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    Ok(Response::json(200, &PolicyList { data: rows.into_iter().map(PolicyView::from).collect(), meta }))
}
