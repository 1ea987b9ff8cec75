//! POST /profile: the person changes what they say of themselves. Fields: `name`, `locale`, `time_zone`, `theme`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::profile::show;
use crate::actions::accounts::{cookie, profile};
use crate::context::Ctx;
use crate::pages::appearance::Appearance;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::{flash, form};

/// Saves; the theme stays with the browser, in a cookie.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let fields = form::read(ctx, &mut request).await?;
    let field = |name| fields.get(name).unwrap_or_default();
    match profile::save(ctx, field("name"), field("locale"), field("time_zone")).await {
        Ok(()) => {
            let mut response = flash::see_other(ctx, "/profile", &flash::success("flash-profile-saved"));
            if Appearance::is_theme(field("theme")) {
                cookie::remember(&mut response, ctx.https, "theme", field("theme"));
            }
            Ok(response)
        }
        Err(error) if error.status == 422 => {
            let theme = Appearance::chosen(fields.get("theme"), None).theme;
            let form = form::refused(ctx, &error, &fields, &["name", "locale", "time_zone"]).value("theme", &theme);
            show(ctx, &frame, 422, form, Form::default()).await
        }
        Err(error) => Err(error),
    }
}
