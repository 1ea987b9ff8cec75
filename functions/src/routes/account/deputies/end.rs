//! POST /profile/deputies/{delegation}/end: its lender or its deputy ends it.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DelegationId;

use super::ADDRESS;
use crate::actions::delegations;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Ends it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    let id = DelegationId::parse(request.param("delegation")).map_err(|_| ApiError::not_found())?;
    delegations::revoke(ctx, &id).await?;
    Ok(flash::see_other(ctx, ADDRESS, &flash::success("flash-deputy-ended")))
}
