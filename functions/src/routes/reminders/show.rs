//! GET /api/reminders/{reminder}: its owner.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{ReminderAnswer, ReminderView, example, id};
use crate::actions::reminders;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("reminders", "Show a reminder")
        .path("reminder", "Its id (rem_...)")
        .answers::<ReminderAnswer>(200, "The reminder", json!({"data": example()}))
        .refuses(&[401, 403, 404])
}

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let row = reminders::find(ctx, &id(&request)?).await?;
    Ok(Response::json(200, &ReminderAnswer { data: ReminderView::of(ctx, row) }))
}
