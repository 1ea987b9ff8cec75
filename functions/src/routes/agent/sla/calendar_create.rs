//! POST /agent/sla/calendars/new: adds a calendar.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::queues;

use super::calendar_form;
use crate::actions::sla::calendars;
use crate::context::Ctx;
use crate::pages::flash;
use crate::pages::frame::Frame;

/// Adds it; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = calendar_form::read(ctx, &mut request).await?;
    let result = match calendar_form::parse(&sent, &[]) {
        Ok(form) => calendars::create(ctx, sent.fields.get("name").unwrap_or_default(), &form).await.map(|_| ()),
        Err(error) => Err(error),
    };
    match result.map_err(calendar_form::translate) {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/sla/calendars", &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 409 | 422) => {
            let counts = ctx.db.run(queues::counts(&ctx.person()?.id)).await?;
            calendar_form::page(ctx, &frame, &counts, "", &sent.fields, Some(&error), None)
        }
        Err(error) => Err(error),
    }
}
