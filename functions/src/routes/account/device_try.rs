//! POST /profile/devices/{device}/test: a notice on trial for one's own device.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DeviceId;

use crate::actions::push::devices;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Queues it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    let id = DeviceId::parse(request.param("device")).map_err(|_| ApiError::not_found())?;
    devices::attempt(ctx, &id).await?;
    Ok(flash::see_other(ctx, "/profile#devices", &flash::success("flash-device-tried")))
}
