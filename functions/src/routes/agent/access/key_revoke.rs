//! POST /agent/access/service-accounts/{account}/keys/{key}/revoke: ends a key at once.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::service_account_page::address;
use crate::actions::api_keys;
use crate::context::Ctx;
use crate::pages::{flash, form};
use crate::routes::api_keys::id;
use crate::routes::service_accounts;

/// Ends it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    let account = service_accounts::id(&request)?;
    api_keys::revoke(ctx, &id(&request)?, Some(&account)).await?;
    Ok(flash::see_other(ctx, &address(&account), &flash::success("flash-key-revoked")))
}
