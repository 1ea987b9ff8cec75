//! POST /agent/security/alerts/{alert}/silence: no more of its like for a while. Field: `days`, 0 to be told again.

use chrono::TimeDelta;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::AlertId;
use shared::limits::ALERT_SILENCE_DAYS_MAX;

use super::alerts::ADDRESS;
use crate::actions::alerts;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Silences it, or takes that back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = AlertId::parse(request.param("alert")).map_err(|_| ApiError::not_found())?;
    let sent = form::read(ctx, &mut request).await?;
    let days = sent.filled("days").and_then(|days| days.parse().ok()).filter(|days| (0..=ALERT_SILENCE_DAYS_MAX).contains(days));
    match days.ok_or_else(|| ApiError::field("days", "unknown_value"))? {
        0 => alerts::lift(ctx, &id).await?,
        days => alerts::silence(ctx, &id, ctx.now + TimeDelta::days(days)).await.map(|_| ())?,
    }
    Ok(flash::see_other(ctx, &format!("{ADDRESS}?all=1"), &flash::success("flash-saved")))
}
