//! GET /api/push/quiet-hours: when the person who is signed in wants no notices.

use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::QuietHoursAnswer;
use crate::actions::push::devices;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("push", "My quiet hours").answers::<QuietHoursAnswer>(200, "In my own time zone", example()).refuses(&[401])
}

/// A night.
pub(super) fn example() -> Value {
    json!({"data": {"from": "22:00", "until": "07:00"}})
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &QuietHoursAnswer::from(devices::quiet(ctx).await?)))
}
