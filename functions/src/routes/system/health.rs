//! GET /api/system/health: whether the databases, the files and the objects answer.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::platform as store;

use crate::context::PlatformCtx;
use crate::openapi::ApiDoc;

/// The state of the whole.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Health {
    /// `ok`, or `degraded` when a part does not answer.
    #[schema(example = "ok")]
    status: String,
    /// Each part.
    checks: Vec<Check>,
}

/// The state of a part.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Check {
    /// `database`, `files`, `objects`.
    name: String,
    /// `ok` or `failed`.
    status: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    let example = json!({"status": "ok", "checks": [{"name": "database", "status": "ok"}, {"name": "files", "status": "ok"}, {"name": "objects", "status": "ok"}]});
    ApiDoc::new("system", "Health").answers::<Health>(200, "Everything answers", example.clone()).answers::<Health>(503, "A part does not answer", example)
}

/// Answers 200 when every part works, else 503.
pub async fn handle(ctx: &PlatformCtx<'_>, _request: Request) -> Result<Response, ApiError> {
    let database = ctx.db.run(store::ping()).await.is_ok();
    let files = ctx.platform.files().get("health", None).await.is_ok();
    let objects = ctx.platform.objects_healthy().await;
    let checks: Vec<Check> = [("database", database), ("files", files), ("objects", objects)]
        .into_iter()
        .map(|(name, good)| Check { name: name.to_owned(), status: if good { "ok" } else { "failed" }.to_owned() })
        .collect();
    let good = database && files && objects;
    let health = Health { status: if good { "ok" } else { "degraded" }.to_owned(), checks };
    Ok(Response::json(if good { 200 } else { 503 }, &health))
}
