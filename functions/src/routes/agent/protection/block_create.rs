//! POST /agent/security/blocks: turns an address or a range away. Fields: `range`, `reason`, `hours` (empty: without an end).

use chrono::TimeDelta;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::blocks::{ADDRESS, show};
use crate::actions::blocks;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Hours that the form can ask for: a year.
const HOURS_MAX: u32 = 8_784;

/// Blocks it; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let hours = match sent.filled("hours") {
        None => Ok(None),
        Some(text) => text
            .parse::<u32>()
            .ok()
            .filter(|hours| (1..=HOURS_MAX).contains(hours))
            .map(|hours| Some(ctx.now + TimeDelta::hours(hours.into())))
            .ok_or_else(|| ApiError::field("hours", "unknown_value")),
    };
    let text = |name| sent.get(name).unwrap_or_default();
    let result = match hours {
        Ok(ends) => blocks::create(ctx, text("range"), text("reason"), ends).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(_) => Ok(flash::see_other(ctx, ADDRESS, &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 409 | 422) => {
            let refused = form::refused(ctx, &error, &sent, &["range", "reason", "hours"]);
            show(ctx, &frame, error.status, "", refused).await
        }
        Err(error) => Err(error),
    }
}
