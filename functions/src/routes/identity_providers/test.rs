//! POST /api/identity-providers/{provider}/test: those with access.manage try a provider out.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::sso::probe;
use crate::actions::sso::steps::Tried;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What came of it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SsoProbe {
    /// Whether every step went well.
    ok: bool,
    /// The steps that were taken, up to the first that did not.
    steps: Vec<Tried>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("identity-providers", "Try a provider of identities out")
        .about(
            "Asks the provider what it says of itself and for its keys. A whole sign-in, which signs nobody in and shows the claims, is \
             tried in the browser: `/login/sso/{provider}?as=test`.",
        )
        .path("provider", "Its id (idp_...)")
        .answers::<SsoProbe>(
            200,
            "The steps that were taken",
            json!({"ok": false, "steps": [
                {"step": "discovery", "ok": true, "detail": "https://login.acme.example/.well-known/openid-configuration"},
                {"step": "keys", "ok": false, "detail": "no key that signatures can be checked by"}
            ]}),
        )
        .refuses(&[401, 403, 404])
}

/// Tries.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let steps = probe::probe(ctx, &id(&request)?).await?;
    Ok(Response::json(200, &SsoProbe { ok: steps.iter().all(|tried| tried.ok), steps }))
}
