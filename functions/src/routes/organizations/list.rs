//! GET /api/organizations: customers' organizations by name. Filter `q`: how the name begins.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::OrganizationId;
use shared::limits::SEARCH_CHARS_MAX;
use shared::store::desk as store;

use super::{Organization, example};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of organizations.
#[derive(Serialize, utoipa::ToSchema)]
pub struct OrganizationList {
    /// The organizations.
    data: Vec<Organization>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("organizations", "List organizations")
        .query("q", "How the name begins")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<OrganizationList>(
            200,
            "A page",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &["q"])?;
    let prefix: String = request.query.filled("q").unwrap_or_default().chars().take(SEARCH_CHARS_MAX).collect();
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| OrganizationId::parse(id).is_ok())?;
    let mut rows: Vec<store::Organization> = ctx.db.run(store::organizations(after, &prefix, limit + 1)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    Ok(Response::json(200, &OrganizationList { data: rows.into_iter().map(Organization::from).collect(), meta }))
}
