//! Security alerts: looked at, silenced, and wanted again. What raises them is in [`watch`].

pub mod watch;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::error::ApiError;
use shared::id::AlertId;
use shared::limits::ALERT_SILENCE_DAYS_MAX;
use shared::store::security_alerts::{self as store, Alert};

use super::audit;
use crate::context::Ctx;

/// One alert.
pub async fn find(ctx: &Ctx<'_>, id: &AlertId) -> Result<Alert, ApiError> {
    ctx.db.run(store::show(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Notes that somebody has looked at it; whoever was first stays the one.
pub async fn acknowledge(ctx: &Ctx<'_>, id: &AlertId) -> Result<Alert, ApiError> {
    let alert = find(ctx, id).await?;
    if alert.acknowledged_at.is_some() {
        return Ok(alert);
    }
    let person = ctx.person()?;
    let detail = json!({ "kind": alert.kind, "about": alert.subject });
    ctx.db
        .batch(vec![store::acknowledge(id, &person.id, ctx.now), audit::line(ctx, "alert.acknowledged", id.as_str(), detail)])
        .await?;
    Ok(Alert {
        acknowledged_at: Some(ctx.now),
        acknowledged_by: Some(person.id.clone()),
        acknowledged_by_name: Some(person.name.clone()),
        ..alert
    })
}

/// Raises no alert of this kind about the same subject until `until`; 422 for a moment that is over or more than a year away.
pub async fn silence(ctx: &Ctx<'_>, id: &AlertId, until: DateTime<Utc>) -> Result<Alert, ApiError> {
    if until <= ctx.now || until > ctx.now + TimeDelta::days(ALERT_SILENCE_DAYS_MAX) {
        return Err(ApiError::field("until", "bad_moment"));
    }
    let alert = find(ctx, id).await?;
    let detail = json!({ "kind": alert.kind, "about": alert.subject, "until": until });
    ctx.db
        .batch(vec![
            store::silence(alert.kind, &alert.subject, until, &ctx.person()?.id, ctx.now),
            audit::line(ctx, "alert.silenced", id.as_str(), detail),
        ])
        .await?;
    Ok(Alert { silenced_until: Some(until), ..alert })
}

/// Takes a silence back.
pub async fn lift(ctx: &Ctx<'_>, id: &AlertId) -> Result<(), ApiError> {
    let alert = find(ctx, id).await?;
    if alert.silenced_until.is_none() {
        return Ok(());
    }
    let detail = json!({ "kind": alert.kind, "about": alert.subject });
    ctx.db
        .batch(vec![store::lift(alert.kind, &alert.subject), audit::line(ctx, "alert.unsilenced", id.as_str(), detail)])
        .await?;
    Ok(())
}
