//! POST /agent/imports/{import}/cancel: stops it; what was brought in stays.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::create::done;
use crate::actions::imports;
use crate::context::Ctx;
use crate::pages::form;
use crate::routes::imports::id;

/// Stops it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    form::read(ctx, &mut request).await?;
    imports::cancel(ctx, &id).await?;
    Ok(done(ctx, &id, "flash-import-cancelled"))
}
