//! POST /profile/security/phone/confirm: the code that was sent adds the number. Field: `code`. With the first second factor the answer
//! shows the recovery codes, once.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::codes_page;
use super::phone::show;
use crate::actions::accounts::cookie;
use crate::actions::accounts::second_factor::sms;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Adds it; a wrong code comes back with the form.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let fields = form::read(ctx, &mut request).await?;
    match sms::confirm(ctx, fields.get("code").unwrap_or_default()).await {
        Ok(added) => {
            let mut response = if added.codes.is_empty() {
                flash::see_other(ctx, "/profile/security", &flash::success("flash-phone-added"))
            } else {
                codes_page(ctx, &frame, added.codes)?
            };
            if let Some(secret) = &added.cookie {
                cookie::set(&mut response, ctx, secret);
            }
            Ok(response)
        }
        Err(error) if error.status == 409 => Ok(Response::see_other("/profile/security")),
        Err(error) if error.status == 422 => show(ctx, &frame, 422, form::refused(ctx, &error, &fields, &[])).await,
        Err(error) => Err(error),
    }
}
