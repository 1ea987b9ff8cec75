//! POST /profile/security/phone/remove: a person takes their telephone number away.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::sms;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Takes it away; pressing twice is fine.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    match sms::remove(ctx).await {
        Err(error) if error.status != 404 => Err(error),
        _ => Ok(flash::see_other(ctx, "/profile/security", &flash::success("flash-phone-removed"))),
    }
}
