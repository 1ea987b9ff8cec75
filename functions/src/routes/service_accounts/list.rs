//! GET /api/service-accounts: accounts of programs by name. Everybody with access.read.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;
use shared::store::service_accounts::{self as store, ServiceAccount};

use super::{ServiceAccountView, example};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of accounts.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ServiceAccountList {
    /// The accounts.
    data: Vec<ServiceAccountView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("service-accounts", "List accounts of programs")
        .about("By name. Accounts that were removed are not among them.")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<ServiceAccountList>(
            200,
            "A page of accounts",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let cursor = page::cursor(&request, |id| UserId::parse(id).is_ok())?;
    let mut rows: Vec<ServiceAccount> = ctx.db.run(store::list(cursor, limit + 1, ctx.now)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    let data = rows.into_iter().map(ServiceAccountView::from).collect();
    Ok(Response::json(200, &ServiceAccountList { data, meta }))
}
