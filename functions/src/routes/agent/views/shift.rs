//! POST /agent/views/{view}/move: one's own view a place up or down. Field: `direction` (up, down).

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::TicketViewId;
use shared::store::ticket_views::{self as store, OwnView};

use super::view_form;
use crate::actions::ticket_views;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Moves it; at an end it stays.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = view_form::id(&request)?;
    let sent = form::read(ctx, &mut request).await?;
    let views: Vec<OwnView> = ctx.db.run(store::own(&ctx.person()?.id)).await?.all()?;
    let mut own: Vec<TicketViewId> = views.into_iter().map(|view| view.id).collect();
    let place = own.iter().position(|each| *each == id).ok_or_else(ApiError::not_found)?;
    let other = if sent.get("direction") == Some("up") { place.checked_sub(1) } else { Some(place + 1) };
    if let Some(other) = other.filter(|other| *other < own.len()) {
        own.swap(place, other);
        ticket_views::order(ctx, &own).await?;
    }
    Ok(flash::see_other(ctx, "/agent/views", &flash::success("flash-saved")))
}
