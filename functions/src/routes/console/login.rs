//! POST /login on the platform's own host: an operator signs in. Fields: `username`, `password`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{Look, form};
use crate::actions::accounts::cookie;
use crate::actions::operators;
use crate::context::PlatformCtx;
use crate::pages::view::Form;
use crate::pages::view::account::Entrance;

/// Signs in and goes on to the tenants; a refusal comes back with the form.
pub async fn handle(ctx: &PlatformCtx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let look = Look::of(ctx, &request);
    let fields = form(ctx, &mut request).await?;
    let username = fields.get("username").unwrap_or_default();
    match operators::sign_in(ctx, username, fields.get("password").unwrap_or_default()).await {
        Ok(secret) => {
            let mut response = Response::see_other("/tenants");
            cookie::set_operators(&mut response, ctx.https, &secret);
            Ok(response)
        }
        Err(error) if matches!(error.status, 401 | 429) => {
            let status = if error.status == 429 { 429 } else { 422 };
            let form = Form::default().value("username", username).error("form", error.detail(look.locale));
            let mut response = look.page(ctx, status, "console/login", Entrance { form, ..Entrance::default() })?;
            if let Some(seconds) = error.retry_after_seconds {
                response.headers.set("retry-after", seconds.to_string());
            }
            Ok(response)
        }
        Err(error) => Err(error),
    }
}
