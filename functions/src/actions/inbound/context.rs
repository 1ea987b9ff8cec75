//! Incoming mail is worked on by the product itself, whoever brought it.

use shared::database::TenantDb;
use shared::error::ApiError;

use crate::context::Ctx;

/// Runs `work` as the product itself, and takes over what it wants done afterwards.
pub async fn as_system<T>(ctx: &Ctx<'_>, work: impl AsyncFnOnce(&Ctx<'_>) -> Result<T, ApiError>) -> Result<T, ApiError> {
    let database = ctx
        .platform
        .database(ctx.tenant.database())
        .ok_or_else(|| ApiError::unavailable("the tenant's database is not bound"))?;
    let own = Ctx::for_job(ctx.platform, ctx.tenant, TenantDb::new(database.as_ref(), ctx.tenant), ctx.request_id.clone());
    let result = work(&own).await;
    for wake in own.after.into_wakes() {
        ctx.wake(wake);
    }
    result
}
