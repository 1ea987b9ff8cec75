//! PUT /api/push/quiet-hours: the person who is signed in says when they want no notices.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::QuietHoursAnswer;
use super::quiet_hours::example;
use crate::actions::push::devices;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Times of day in one's own zone; both empty or left out for none.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHoursIn {
    /// When they begin.
    #[serde(default)]
    #[schema(example = "22:00")]
    from: String,
    /// When they end; it may lie on the next day.
    #[serde(default)]
    #[schema(example = "07:00")]
    until: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("push", "Choose my quiet hours")
        .about("What happens meanwhile is held until they end, and let go if its ticket was opened before.")
        .request::<QuietHoursIn>(json!({"from": "22:00", "until": "07:00"}))
        .answers::<QuietHoursAnswer>(200, "As they are now", example())
        .refuses(&[400, 401, 413, 415, 422])
}

/// Sets them.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let typed: QuietHoursIn = body::json(&mut request).await?;
    Ok(Response::json(200, &QuietHoursAnswer::from(devices::set_quiet(ctx, &typed.from, &typed.until).await?)))
}
