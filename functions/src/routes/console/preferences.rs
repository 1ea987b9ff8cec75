//! POST /preferences on the platform's own host: language or appearance, remembered by the browser.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::Locale;

use super::form;
use crate::actions::accounts::cookie;
use crate::context::PlatformCtx;
use crate::pages::appearance::Appearance;

/// Sets the cookies.
pub async fn handle(ctx: &PlatformCtx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let fields = form(ctx, &mut request).await?;
    let mut response = Response::see_other("/");
    if let Some(locale) = fields.get("locale").and_then(Locale::parse) {
        cookie::remember(&mut response, ctx.https, "locale", locale.as_str());
    }
    Appearance::remember(&fields, &mut response, ctx.https)?;
    Ok(response)
}
