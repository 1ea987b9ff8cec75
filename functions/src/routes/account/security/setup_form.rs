//! POST /profile/security/setup: the first code of the authenticator. Field: `code`. The answer shows the recovery codes, once.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::codes_page;
use super::setup::show;
use crate::actions::accounts::cookie;
use crate::actions::accounts::second_factor::enrol;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;

/// Ends the set-up; a wrong code comes back with the form.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let fields = form::read(ctx, &mut request).await?;
    match enrol::confirm(ctx, fields.get("code").unwrap_or_default()).await {
        Ok(enrolled) => {
            let mut response = codes_page(ctx, &frame, enrolled.codes)?;
            if let Some(secret) = &enrolled.cookie {
                cookie::set(&mut response, ctx, secret);
            }
            Ok(response)
        }
        Err(error) if error.status == 409 => Ok(Response::see_other("/profile/security")),
        Err(error) if error.status == 422 => show(ctx, &frame, 422, form::refused(ctx, &error, &fields, &[])).await,
        Err(error) => Err(error),
    }
}
