//! POST /agent/views/{view}: changes a view.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::view_form;
use crate::actions::ticket_views;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Changes it and opens it; a refused form, and one whose view was changed meanwhile (412), comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let id = view_form::id(&request)?;
    let sent = form::read(ctx, &mut request).await?;
    let loaded = view_form::load(ctx, Some(&id)).await?;
    let known = loaded.view.clone().ok_or_else(ApiError::not_found)?;
    let version = sent.filled("version").and_then(|text| text.parse().ok()).map(IfMatch::Version);
    let changed = match (version, view_form::typed(&sent)) {
        (Some(if_match), Ok(view)) => ticket_views::change_known(ctx, known, if_match, view).await,
        (None, _) => Err(ApiError::stale()),
        (_, Err(error)) => Err(error),
    };
    match changed {
        Ok(_) => Ok(flash::see_other(ctx, &format!("/agent/tickets?view={id}"), &flash::success("flash-view-saved"))),
        Err(error) if view_form::comes_back(&error) => view_form::page(ctx, &frame, &loaded, &sent, Some(&error)),
        Err(error) => Err(error),
    }
}
