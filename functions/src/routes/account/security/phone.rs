//! GET /profile/security/phone: the form for the code that was sent to a new telephone number.

use shared::auth::sms::masked;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::sms;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Form;
use crate::pages::view::security::Phone;

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    match show(ctx, &Frame::of(&request), 200, Form::default()).await {
        Err(error) if error.status == 404 => Ok(Response::see_other("/profile/security")),
        other => other,
    }
}

/// The page with the state of the form. 404 when no number is being added.
pub async fn show(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form) -> Result<Response, ApiError> {
    let pending = sms::begun(ctx).await?;
    let view = Phone { form, shown: masked(&pending.number), number: pending.number };
    render::page(ctx, frame, status, "portal/security-phone", view)
}
