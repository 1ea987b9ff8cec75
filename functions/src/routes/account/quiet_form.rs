//! POST /profile/quiet: the person says when they want no notices on their devices. Fields: `from`, `until`, both empty for never.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::profile::{self, theme};
use crate::actions::push::devices;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::{flash, form};

/// Saves them.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let theme = theme(&request);
    let fields = form::read(ctx, &mut request).await?;
    let field = |name| fields.get(name).unwrap_or_default();
    match devices::set_quiet(ctx, field("from"), field("until")).await {
        Ok(_) => Ok(flash::see_other(ctx, "/profile#devices", &flash::success("flash-quiet-saved"))),
        Err(error) if error.status == 422 => {
            let quiet = form::refused(ctx, &error, &fields, &["from", "until"]);
            profile::show_with(ctx, &frame, 422, profile::form(ctx, &theme)?, Form::default(), Some(quiet)).await
        }
        Err(error) => Err(error),
    }
}
