//! POST /profile/security/totp: a person begins to set an authenticator up.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::enrol;
use crate::context::Ctx;
use crate::pages::form;

/// Makes a secret and goes to the page that shows it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    enrol::begin(ctx).await?;
    Ok(Response::see_other("/profile/security/setup"))
}
