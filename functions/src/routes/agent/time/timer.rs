//! POST /agent/tickets/{number}/timer: one's own timer. Fields: `do` (start, stop, discard), `note`, `billable`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{comes_back, panel};
use crate::actions::tickets::reference;
use crate::actions::time::{self, Said};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Starts, stops or discards it; a refused form comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let number = request.param("number").to_owned();
    let ticket = reference(ctx, &number)?;
    let sent = form::read(ctx, &mut request).await?;
    let said =
        Said { note: sent.get("note").map(str::to_owned), billable: Some(sent.get("billable").is_some()), ..Said::default() };
    let done = match sent.filled("do") {
        Some("start") => time::start(ctx, &ticket).await.map(|_| "flash-timer-started"),
        Some("stop") => time::stop(ctx, &said).await.map(|_| "flash-time-written"),
        Some("discard") => time::discard(ctx).await.map(|()| "flash-timer-discarded"),
        _ => Err(ApiError::field("do", "unknown_value")),
    };
    match done {
        Ok(news) => Ok(flash::see_other(ctx, &format!("/agent/tickets/{number}/time"), &flash::success(news))),
        Err(error) if comes_back(&error) => {
            panel::page(ctx, &frame, error.status, &ticket, form::refused(ctx, &error, &sent, &["note", "billable"])).await
        }
        Err(error) => Err(error),
    }
}
