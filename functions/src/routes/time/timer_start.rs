//! PUT /api/tickets/{ticket}/timer: staff with ticket:update, for themselves.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{TimerAnswer, timer_answer, timer_example};
use crate::actions::tickets::reference;
use crate::actions::time;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("time", "Start a timer")
        .about("A person has one running at most (409 `timer_running`).")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .answers::<TimerAnswer>(200, "The timer", timer_example())
        .refuses(&[401, 403, 404, 409])
}

/// Starts it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let ticket = reference(ctx, request.param("ticket"))?;
    Ok(timer_answer(ctx, Some(time::start(ctx, &ticket).await?)))
}
