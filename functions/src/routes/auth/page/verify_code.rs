//! POST /login/verify/code: sends a code by SMS to whoever owes the second factor. Field: `next`.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::SMS_CODE_SECONDS;

use super::next;
use super::verify::{COOKIE, show};
use crate::actions::accounts::cookie;
use crate::actions::accounts::second_factor::sms;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::{flash, form};

/// Sends it and shows the form again; a refusal comes with the form.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let token = cookie::read(&request, COOKIE).unwrap_or_default().to_owned();
    let fields = form::read(ctx, &mut request).await?;
    let next = fields.get("next").and_then(next::path);
    match sms::send_for_sign_in(ctx, &token).await {
        Ok(()) => {
            let mut response = flash::see_other(ctx, &next::with("/login/verify", next), &flash::success("flash-code-sent"));
            cookie::private(&mut response, ctx.https, COOKIE, &token, SMS_CODE_SECONDS);
            Ok(response)
        }
        Err(error) if matches!(error.status, 401 | 409 | 429) => {
            let form = Form::default().error("form", error.detail(ctx.locale));
            let status = if error.status == 401 { 422 } else { error.status };
            let mut response = show(ctx, &frame, status, &token, form, next).await?;
            if let Some(seconds) = error.retry_after_seconds {
                response.headers.set("retry-after", seconds.to_string());
            }
            Ok(response)
        }
        Err(error) => Err(error),
    }
}
