//! POST /api/directories/{directory}/test: those with access.manage try a directory out.

use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::directories::probe::{self, Tried};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Whom to look for.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProbeIn {
    /// A user name; without one the test ends with the account that searches.
    #[serde(default)]
    #[schema(example = "apetrova")]
    username: String,
}

/// What came of it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ProbeView {
    /// Whether every step went well.
    ok: bool,
    /// The steps that were taken, up to the first that did not.
    steps: Vec<Tried>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("directories", "Try a directory out")
        .about(
            "Connects, speaks TLS, binds, looks for a person, reads their attributes and groups, and says which role those give.",
        )
        .path("directory", "Its id (dir_...)")
        .request::<ProbeIn>(json!({"username": "apetrova"}))
        .answers::<ProbeView>(
            200,
            "The steps that were taken",
            json!({"ok": false, "steps": [
                {"step": "connect", "ok": true, "detail": "ldap.acme.example:636"},
                {"step": "tls", "ok": false, "detail": "unreachable: no connection, or a certificate that is not trusted"}
            ]}),
        )
        .refuses(&[400, 401, 403, 404, 413, 415, 422])
}

/// Tries.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let body: ProbeIn = body::json(&mut request).await?;
    let steps = probe::probe(ctx, &id, &body.username).await?;
    Ok(Response::json(200, &ProbeView { ok: steps.iter().all(|tried| tried.ok), steps }))
}
