//! POST /api/push/devices/{device}/test: a notice on trial for one's own device.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::push::devices;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("push", "Try a device out")
        .path("device", "Its id (dev_...)")
        .about("It goes out in quiet hours as well: whoever asks for it is awake.")
        .answers_empty(202, "It is on its way")
        .refuses(&[401, 403, 404])
}

/// Queues it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    devices::attempt(ctx, &id(&request)?).await?;
    Ok(Response::empty(202))
}
