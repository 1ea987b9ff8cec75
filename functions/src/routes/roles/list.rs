//! GET /api/roles: the five that are built in, then the tenant's own by name. Everybody with access.read.

use serde::Serialize;
use serde_json::json;
use shared::access::Role;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::roles::{self as store, OwnRole, RoleChoice};

use super::{RoleView, example};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of roles.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RoleList {
    /// The roles.
    data: Vec<RoleView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("roles", "List roles")
        .about("The five that are built in come first, in the reader's language; then the tenant's own, by name.")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<RoleList>(
            200,
            "A page of roles",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let cursor = page::cursor(&request, |id| RoleChoice::parse(id).is_some())?;
    let (built_in, after) = match RoleChoice::parse(cursor) {
        None => (Role::ALL.to_vec(), ""),
        Some(RoleChoice::BuiltIn(last)) => (Role::ALL.into_iter().skip_while(|role| *role != last).skip(1).collect(), ""),
        Some(RoleChoice::Own(_)) => (Vec::new(), cursor),
    };
    let mut rows: Vec<RoleView> = built_in.into_iter().map(|role| RoleView::built_in(ctx.locale, role)).collect();
    rows.extend(ctx.db.run(store::list(after, limit + 1)).await?.all::<OwnRole>()?.into_iter().map(RoleView::from));
    let meta = page::cut(&mut rows, limit, |row| row.id.clone());
    Ok(Response::json(200, &RoleList { data: rows, meta }))
}
