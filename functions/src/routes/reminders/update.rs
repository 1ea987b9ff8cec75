//! PATCH /api/reminders/{reminder}: its owner.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{ReminderAnswer, ReminderView, example, id, wish};
use crate::actions::reminders;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What to change: what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReminderChangesIn {
    /// Other words.
    #[serde(default)]
    text: Option<String>,
    /// Another moment, as POST /api/reminders takes it: then it is told again.
    #[serde(default)]
    due_at: Option<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("reminders", "Change a reminder")
        .path("reminder", "Its id (rem_...)")
        .request::<ReminderChangesIn>(json!({"due_at": "monday"}))
        .answers::<ReminderAnswer>(200, "The reminder as it is now", json!({"data": example()}))
        .refuses(&[400, 401, 403, 404, 413, 415, 422])
}

/// Changes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let sent: ReminderChangesIn = body::json(&mut request).await?;
    let due = sent.due_at.as_deref().map(wish).transpose()?;
    let row = reminders::update(ctx, &id, sent.text.as_deref(), due).await?;
    Ok(Response::json(200, &ReminderAnswer { data: ReminderView::of(ctx, row) }))
}
