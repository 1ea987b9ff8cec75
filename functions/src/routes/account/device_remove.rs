//! POST /profile/devices/{device}/remove: one's own device is told nothing any more.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DeviceId;

use crate::actions::push::devices;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Takes it away.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    let id = DeviceId::parse(request.param("device")).map_err(|_| ApiError::not_found())?;
    devices::remove(ctx, &id).await?;
    Ok(flash::see_other(ctx, "/profile#devices", &flash::success("flash-device-removed")))
}
