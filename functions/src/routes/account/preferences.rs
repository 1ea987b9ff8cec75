//! POST /preferences: language, appearance, or how dense one's lists are. Fields: `locale`, `theme`,
//! `contrast` or `density` (compact, comfortable), and `next`.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::Locale;

use crate::actions::accounts::{cookie, profile};
use crate::actions::ticket_views;
use crate::context::Ctx;
use crate::pages::appearance::Appearance;
use crate::pages::form;
use crate::routes::auth::page::next;

/// Remembers the choice with the browser, and the language with the person who is signed in.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let fields = form::read(ctx, &mut request).await?;
    let mut response = Response::see_other(fields.get("next").and_then(next::path).unwrap_or("/"));
    if let Some(typed) = fields.get("locale") {
        let locale = Locale::ALL
            .into_iter()
            .find(|locale| locale.as_str() == typed)
            .ok_or_else(|| ApiError::field("locale", "unknown_value"))?;
        if ctx.actor.person().is_some() {
            profile::save_locale(ctx, locale).await?;
        }
        cookie::remember(&mut response, ctx.https, "locale", locale.as_str());
    }
    if let Some(density) = fields.get("density") {
        let is_compact = match density {
            "compact" => true,
            "comfortable" => false,
            _ => return Err(ApiError::field("density", "unknown_value")),
        };
        ticket_views::set_density(ctx, is_compact).await?;
    }
    Appearance::remember(&fields, &mut response, ctx.https)?;
    Ok(response)
}
