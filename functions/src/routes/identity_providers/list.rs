//! GET /api/identity-providers: everybody with access.read.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::IdentityProviderId;
use shared::store::identity_providers::{self as store, IdentityProvider};

use super::{IdentityProviderView, example, view};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of providers.
#[derive(Serialize, utoipa::ToSchema)]
pub struct IdentityProviderList {
    /// By name.
    data: Vec<IdentityProviderView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("identity-providers", "List providers of identities")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<IdentityProviderList>(
            200,
            "A page of providers",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| IdentityProviderId::parse(id).is_ok())?;
    let mut rows: Vec<IdentityProvider> = ctx.db.run(store::list(after, limit + 1)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    Ok(Response::json(200, &IdentityProviderList { data: rows.into_iter().map(|row| view(ctx, row)).collect(), meta }))
}
