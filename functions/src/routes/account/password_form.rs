//! POST /profile/password: the person changes their password. Fields: `current`, `password`. Other sessions end.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::profile::{form as profile, show, theme};
use crate::actions::accounts::passwords;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let theme = theme(&request);
    let fields = form::read(ctx, &mut request).await?;
    let field = |name| fields.get(name).unwrap_or_default();
    match passwords::change(ctx, field("current"), field("password")).await {
        Ok(()) => Ok(flash::see_other(ctx, "/profile", &flash::success("flash-password-changed"))),
        Err(error) if matches!(error.status, 422 | 429) => {
            let mut response =
                show(ctx, &frame, error.status, profile(ctx, &theme)?, form::refused(ctx, &error, &fields, &[])).await?;
            if let Some(seconds) = error.retry_after_seconds {
                response.headers.set("retry-after", seconds.to_string());
            }
            Ok(response)
        }
        Err(error) => Err(error),
    }
}
