//! POST /agent/tickets/{number}/time: writes time down. Fields: `minutes` (90, 1:30), `day`, `note`, `billable`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{comes_back, panel, said};
use crate::actions::tickets::reference;
use crate::actions::time;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Writes it down; a refused form comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let number = request.param("number").to_owned();
    let ticket = reference(ctx, &number)?;
    let sent = form::read(ctx, &mut request).await?;
    match time::create(ctx, &ticket, &said(&sent)).await {
        Ok(_) => Ok(flash::see_other(ctx, &format!("/agent/tickets/{number}/time"), &flash::success("flash-time-written"))),
        Err(error) if comes_back(&error) => {
            let form = form::refused(ctx, &error, &sent, &["minutes", "day", "note", "billable"]);
            panel::page(ctx, &frame, error.status, &ticket, form).await
        }
        Err(error) => Err(error),
    }
}
