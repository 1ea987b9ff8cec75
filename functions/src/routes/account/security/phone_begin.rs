//! POST /profile/security/phone: a person begins to add a telephone number; a code is sent to it. Field: `number`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::sms;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Sends the code and goes to the page that asks for it; a refusal is told on the page.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let fields = form::read(ctx, &mut request).await?;
    let (place, said) = match sms::begin(ctx, fields.get("number").unwrap_or_default()).await {
        Ok(_) => ("/profile/security/phone", flash::success("flash-code-sent")),
        Err(error) if error.status == 422 => ("/profile/security", flash::failure("flash-phone-number")),
        Err(error) if error.status == 429 => ("/profile/security", flash::failure("flash-code-wait")),
        Err(error) if error.code == "phone_on" => return Ok(Response::see_other("/profile/security")),
        Err(error) => return Err(error),
    };
    Ok(flash::see_other(ctx, place, &said))
}
