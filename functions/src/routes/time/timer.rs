//! GET /api/time/timer: the timer that whoever asks has running.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{TimerAnswer, timer_answer, timer_example};
use crate::actions::time;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("time", "Show my timer").answers::<TimerAnswer>(200, "The timer, or null", timer_example()).refuses(&[401, 403])
}

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    Ok(timer_answer(ctx, time::timer(ctx).await?))
}
