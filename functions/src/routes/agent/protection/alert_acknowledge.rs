//! POST /agent/security/alerts/{alert}/acknowledge: somebody has looked at it.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::AlertId;

use super::alerts::ADDRESS;
use crate::actions::alerts;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Notes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = AlertId::parse(request.param("alert")).map_err(|_| ApiError::not_found())?;
    form::read(ctx, &mut request).await?;
    alerts::acknowledge(ctx, &id).await?;
    Ok(flash::see_other(ctx, ADDRESS, &flash::success("flash-saved")))
}
