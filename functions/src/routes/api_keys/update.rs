//! PATCH /api/api-keys/{key}: those with access.manage change its name, scopes, networks, or bring its end nearer.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{ApiKeyView, answer, example, id};
use crate::actions::api_keys::{self, Typed};
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// What to change: what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiKeyChangesIn {
    /// Name.
    #[serde(default)]
    name: Option<String>,
    /// All that it lets its account do at most.
    #[serde(default)]
    #[schema(example = json!(["ticket.read"]))]
    scopes: Option<Vec<String>>,
    /// From where it may be used; from anywhere if empty.
    #[serde(default)]
    #[schema(example = json!(["192.0.2.0/24"]))]
    networks: Option<Vec<String>>,
    /// Days that it lives from now on. Its end can only come nearer: for a later one rotate it.
    #[serde(default)]
    expires_in_days: Option<u32>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("api-keys", "Change an API key")
        .about(
            "In force at its next request. 403 `step_up_required` without a recent proof of who asks, `more_than_own` for scopes that they do \
             not hold themselves; 409 `api_key_over` once it is revoked or expired.",
        )
        .path("key", "Its id (key_...)")
        .header("If-Match", "The ETag that was read, or *; may be left out")
        .request::<ApiKeyChangesIn>(json!({"scopes": ["ticket.read"]}))
        .sends_etag()
        .answers::<ApiKeyView>(200, "The key as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let if_match = IfMatch::read_if_sent(&request)?;
    let sent: ApiKeyChangesIn = body::json(&mut request).await?;
    let typed = Typed { name: sent.name, scopes: sent.scopes, networks: sent.networks, days: sent.expires_in_days };
    Ok(answer(ctx, api_keys::change(ctx, &id, if_match, &typed).await?))
}
