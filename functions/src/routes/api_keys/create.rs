//! POST /api/api-keys: those with access.manage make a key of a service account.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;

use super::{MadeApiKey, answer_made, example_made};
use crate::actions::api_keys::{self, Typed};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A key to make.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApiKeyIn {
    /// The service account for which it speaks.
    account: String,
    /// What people call it: where it is used.
    #[schema(example = "Nightly import")]
    name: String,
    /// Names of permissions: at least one, and none that the account does not hold.
    #[schema(example = json!(["ticket.read", "ticket.create"]))]
    scopes: Vec<String>,
    /// From where it may be used: networks or single addresses, at most 20. From anywhere if empty.
    #[serde(default)]
    #[schema(example = json!(["192.0.2.0/24", "2001:db8::/32"]))]
    networks: Vec<String>,
    /// Days that it lives, 1 to 365; without it as many as the tenant's settings say.
    #[serde(default)]
    expires_in_days: Option<u32>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("api-keys", "Make an API key")
        .about(
            "Answers the key, once: `Authorization: Bearer wnk_...` lets a program do what its account may do and the scopes name, on every \
             route of the API that asks for a permission. Only its digest is kept. 403 `step_up_required` without a recent proof of who asks; \
             nobody makes a key that may do more than they may themselves (403 `more_than_own`). Repeated under its Idempotency-Key it is \
             made once, and the key is not answered again.",
        )
        .request::<NewApiKeyIn>(json!({
            "account": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Nightly import", "scopes": ["ticket.read", "ticket.create"],
            "networks": ["192.0.2.0/24"], "expires_in_days": 90
        }))
        .sends_etag()
        .sends_location()
        .answers::<MadeApiKey>(201, "The key; Location and ETag name it and its version", example_made())
        .refuses(&[400, 401, 403, 409, 413, 415, 422, 503])
}

/// Makes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new: NewApiKeyIn = body::json(&mut request).await?;
    let account = UserId::parse(&new.account).map_err(|_| ApiError::field("account", "unknown_value"))?;
    let typed = Typed { name: Some(new.name), scopes: Some(new.scopes), networks: Some(new.networks), days: new.expires_in_days };
    Ok(answer_made(ctx, api_keys::create(ctx, &account, &typed).await?))
}
