//! Clients' secrets that are sealed under a former key are put under the present one.

use shared::error::ApiError;
use shared::store::identity_providers::{self as store, Sealed};

use super::reach;
use crate::context::Ctx;

/// Does what is due; answers how many.
pub async fn reseal_due(ctx: &Ctx<'_>) -> Result<usize, ApiError> {
    let key = ctx.config().data_keys.current_id();
    let former: Vec<Sealed> = ctx.db.run(store::sealed_otherwise(key)).await?.all()?;
    if former.is_empty() {
        return Ok(0);
    }
    let mut batch = Vec::new();
    for row in &former {
        let sealed = reach::seal(ctx, &row.id, &reach::unseal(ctx, &row.id, &row.secret)?)?;
        batch.push(store::reseal(&row.id, &sealed, key, &row.secret));
    }
    ctx.db.batch(batch).await?;
    Ok(former.len())
}
