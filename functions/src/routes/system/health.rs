//! GET /api/system/health: whether the databases, the files and the objects answer, and how long mail waits.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use shared::database::TenantDb;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::platform as store;
use shared::store::queues::{self, Waiting};
use shared::tenant::Tenant;

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
    /// For the queue: how long the oldest message that is due has waited.
    #[serde(skip_serializing_if = "Option::is_none")]
    age_seconds: Option<i64>,
    /// For the queue, on the platform's own host: whether there are tenants that were not looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    partial: Option<bool>,
}

/// A message that waits longer means that nobody carries messages out.
const QUEUE_AGE_SECONDS_MAX: i64 = 15 * 60;
/// Tenants whose queues the platform's own host looks at: anybody may ask, so the cost of an answer has an end. The first ones by id;
/// each tenant's own host looks at its own.
const TENANTS_LOOKED_AT: u32 = 5;

/// Describes the route.
pub fn doc() -> ApiDoc {
    let example = json!({"status": "ok", "checks": [{"name": "database", "status": "ok"}, {"name": "files", "status": "ok"}, {"name": "objects", "status": "ok"}, {"name": "queue", "status": "ok", "age_seconds": 0}]});
    ApiDoc::new("system", "Health").answers::<Health>(200, "Everything answers", example.clone()).answers::<Health>(
        503,
        "A part does not answer",
        example,
    )
}

/// Answers 200 when every part works, else 503.
pub async fn handle(ctx: &PlatformCtx<'_>, _request: Request) -> Result<Response, ApiError> {
    let database = ctx.db.run(store::ping()).await.is_ok();
    let files = ctx.platform.files().get("health", None).await.is_ok();
    let objects = ctx.platform.objects_healthy().await;
    let age = queue_age(ctx).await;
    let partial = age.ok().and_then(|(_, partial)| partial);
    let age = age.map(|(age, _)| age);
    let queue = age.is_ok_and(|age| age <= QUEUE_AGE_SECONDS_MAX);
    let checks: Vec<Check> = [("database", database), ("files", files), ("objects", objects), ("queue", queue)]
        .into_iter()
        .map(|(name, good)| Check {
            name: name.to_owned(),
            status: if good { "ok" } else { "failed" }.to_owned(),
            age_seconds: age.ok().filter(|_| name == "queue"),
            partial: partial.filter(|_| name == "queue"),
        })
        .collect();
    let good = database && files && objects && queue;
    let health = Health { status: if good { "ok" } else { "degraded" }.to_owned(), checks };
    Ok(Response::json(if good { 200 } else { 503 }, &health))
}

/// How long the oldest due message has waited, in seconds: of the host's tenant, or of some tenants on the platform's host. Beside
/// it, there, whether others were left out.
async fn queue_age(ctx: &PlatformCtx<'_>) -> Result<(i64, Option<bool>), ()> {
    let mut oldest = ctx.now;
    let mut partial = None;
    if let Some(tenant) = ctx.tenant {
        oldest = oldest.min(waiting_since(ctx, tenant).await?);
    } else {
        let rows = ctx.db.run(store::tenants_after("", TENANTS_LOOKED_AT + 1)).await.map_err(drop)?;
        let tenants = store::tenants(&rows).map_err(drop)?;
        let most = usize::try_from(TENANTS_LOOKED_AT).unwrap_or(usize::MAX);
        partial = Some(tenants.len() > most);
        let looks = tenants.iter().take(most).map(|tenant| waiting_since(ctx, tenant));
        for waiting in futures::future::join_all(looks).await {
            oldest = oldest.min(waiting?);
        }
    }
    Ok(((ctx.now - oldest).num_seconds(), partial))
}

async fn waiting_since(ctx: &PlatformCtx<'_>, tenant: &Tenant) -> Result<DateTime<Utc>, ()> {
    let database = ctx.platform.database(tenant.database()).ok_or(())?;
    let rows = TenantDb::new(database.as_ref(), tenant).run(queues::oldest_waiting(ctx.now)).await.map_err(drop)?;
    let waiting = rows.first::<Waiting>().map_err(drop)?;
    Ok(waiting.and_then(|row| DateTime::from_timestamp_millis(row.due_at)).unwrap_or(ctx.now))
}
