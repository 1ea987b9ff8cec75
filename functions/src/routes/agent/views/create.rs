//! POST /agent/views/new: saves a view.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::view_form;
use crate::actions::ticket_views;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Saves it and opens it; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let made = match view_form::typed(&sent) {
        Ok(view) => ticket_views::create(ctx, view).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(view) => Ok(flash::see_other(ctx, &format!("/agent/tickets?view={}", view.id), &flash::success("flash-view-saved"))),
        Err(error) if view_form::comes_back(&error) => {
            view_form::page(ctx, &frame, &view_form::load(ctx, None).await?, &sent, Some(&error))
        }
        Err(error) => Err(error),
    }
}
