//! DELETE /api/push/devices/{device}: one's own device is told nothing any more.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::push::devices;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("push", "Take a device away")
        .path("device", "Its id (dev_...)")
        .answers_empty(204, "It is told nothing any more")
        .refuses(&[401, 403, 404])
}

/// Takes it away.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    devices::remove(ctx, &id(&request)?).await?;
    Ok(Response::empty(204))
}
