//! POST /preferences on the platform's own host: language or appearance, remembered by the browser.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::Locale;

use super::form;
use crate::actions::accounts::cookie;
use crate::context::PlatformCtx;

/// Sets the cookie; what is none of ours is left alone.
pub async fn handle(ctx: &PlatformCtx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let fields = form(ctx, &mut request).await?;
    let mut response = Response::see_other("/");
    if let Some(locale) = fields.get("locale").and_then(Locale::parse) {
        cookie::remember(&mut response, ctx.https, "locale", locale.as_str());
    }
    if let Some(theme) = fields.get("theme").filter(|theme| matches!(*theme, "auto" | "light" | "dark")) {
        cookie::remember(&mut response, ctx.https, "theme", theme);
    }
    Ok(response)
}
