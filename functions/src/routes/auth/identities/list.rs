//! GET /api/auth/identities: everybody who is signed in, their own.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{ExternalIdentityId, IdentityProviderId};
use shared::store::external_identities::{self as store, Listed};

use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// Who somebody is at a provider.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ExternalIdentity {
    /// Id.
    id: ExternalIdentityId,
    /// At which provider.
    provider: IdentityProviderId,
    /// Its name.
    provider_name: String,
    /// What the provider calls the person.
    label: String,
    /// Whether the provider decides about name and role: of accounts that it has made.
    managed: bool,
    /// Since when.
    linked_at: DateTime<Utc>,
    /// When it was last used for signing in.
    used_at: Option<DateTime<Utc>>,
}

/// A page of identities.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ExternalIdentityList {
    /// In the order in which their providers were set up.
    data: Vec<ExternalIdentity>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "My identities elsewhere")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<ExternalIdentityList>(
            200,
            "A page of identities",
            json!({"data": [{
                "id": "eid_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "provider": "idp_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "provider_name": "Acme",
                "label": "anna@acme.example", "managed": false, "linked_at": "2026-03-02T07:00:00Z", "used_at": null
            }], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| ExternalIdentityId::parse(id).is_ok())?;
    let mut rows: Vec<Listed> = ctx.db.run(store::of_user(&ctx.person()?.id, after, limit + 1)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    let data = rows.into_iter().map(|row| ExternalIdentity {
        id: row.id,
        provider: row.provider_id,
        provider_name: row.provider,
        label: row.label,
        managed: row.managed,
        linked_at: row.linked_at,
        used_at: row.used_at,
    });
    Ok(Response::json(200, &ExternalIdentityList { data: data.collect(), meta }))
}
