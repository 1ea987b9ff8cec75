//! POST /logout/everywhere: a person signs out on every device, from the profile's page.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::logout::signed_out;
use crate::actions::accounts;
use crate::context::Ctx;
use crate::pages::form;

/// Ends every session and shows the sign-in form.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    accounts::sign_out_everywhere(ctx).await?;
    Ok(signed_out(ctx))
}
