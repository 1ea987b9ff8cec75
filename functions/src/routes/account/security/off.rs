//! POST /profile/security/off: a person takes their second factor away.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::enrol;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Takes it away; pressing twice is fine.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    match enrol::remove(ctx).await {
        Err(error) if error.status != 404 => Err(error),
        _ => Ok(flash::see_other(ctx, "/profile/security", &flash::success("flash-second-factor-off"))),
    }
}
