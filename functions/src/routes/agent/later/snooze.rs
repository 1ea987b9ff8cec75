//! POST /agent/tickets/{number}/snooze: puts a ticket off. Fields: `when`, `when_at`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::show::{Forms, page};
use super::{comes_back, of_the_form, wish};
use crate::actions::snoozes::snooze;
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Puts it off; a refused form comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let ticket = reference(ctx, request.param("number"))?;
    let sent = form::read(ctx, &mut request).await?;
    let done = match wish(ctx, &sent) {
        Ok(wish) => snooze(ctx, &ticket, wish).await.map_err(of_the_form),
        Err(error) => Err(error),
    };
    match done {
        Ok(row) => {
            let number = ctx.tenant.ticket_reference(row.number);
            Ok(flash::see_other(ctx, &format!("/agent/tickets/{number}/later"), &flash::success("flash-snoozed")))
        }
        Err(error) if comes_back(&error) => {
            let forms = Forms { snooze: form::refused(ctx, &error, &sent, &["when_at"]), ..Forms::default() };
            page(ctx, &frame, error.status, &ticket, forms).await
        }
        Err(error) => Err(error),
    }
}
