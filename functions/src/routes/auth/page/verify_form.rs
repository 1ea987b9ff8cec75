//! POST /login/verify: the code that follows the password. Fields: `code`, `next`.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::sessions::Kind;

use super::verify::COOKIE;
use super::{login, next, verify as verify_page};
use crate::actions::accounts::cookie;
use crate::actions::accounts::second_factor::verify;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;
use crate::pages::view::Form;

/// Signs in and goes on; a refusal comes back with the form.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let token = cookie::read(&request, COOKIE).unwrap_or_default().to_owned();
    let fields = form::read(ctx, &mut request).await?;
    let next = fields.get("next").and_then(next::path);
    match verify::verify(ctx, &token, fields.get("code").unwrap_or_default(), Kind::Browser).await {
        Ok(signed_in) => {
            let mut response = Response::see_other(next.unwrap_or_else(|| login::home(signed_in.role)));
            cookie::set(&mut response, ctx, &signed_in.secret);
            cookie::private(&mut response, ctx.https, COOKIE, "", 0);
            Ok(response)
        }
        Err(error) if matches!(error.status, 401 | 429) => {
            let status = if error.status == 429 { 429 } else { 422 };
            let form = Form::default().error("form", error.detail(ctx.locale));
            let mut response = verify_page::show(ctx, &frame, status, &token, form, next).await?;
            if let Some(seconds) = error.retry_after_seconds {
                response.headers.set("retry-after", seconds.to_string());
            }
            Ok(response)
        }
        Err(error) => Err(error),
    }
}
