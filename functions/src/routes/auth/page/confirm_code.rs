//! POST /login/confirm/code: sends a code by SMS to the person who is to prove anew who they are. Field: `next`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::confirm::show;
use super::next;
use crate::actions::accounts::second_factor::sms;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::{flash, form};

/// Sends it and shows the form again; a refusal comes with the form.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let fields = form::read(ctx, &mut request).await?;
    let next = fields.get("next").and_then(next::path);
    match sms::send_for_proof(ctx).await {
        Ok(()) => Ok(flash::see_other(ctx, &next::with("/login/confirm", next), &flash::success("flash-code-sent"))),
        Err(error) if matches!(error.status, 409 | 429) => {
            let form = Form::default().error("form", error.detail(ctx.locale));
            let mut response = show(ctx, &frame, error.status, form, next.unwrap_or_default()).await?;
            if let Some(seconds) = error.retry_after_seconds {
                response.headers.set("retry-after", seconds.to_string());
            }
            Ok(response)
        }
        Err(error) => Err(error),
    }
}
