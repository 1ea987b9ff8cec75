//! POST /agent/views/{view}/delete: removes a view.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::view_form;
use crate::actions::ticket_views;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::pages::{flash, form};

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = view_form::id(&request)?;
    form::read(ctx, &mut request).await?;
    ticket_views::remove(ctx, &id, IfMatch::Any).await?;
    Ok(flash::see_other(ctx, "/agent/views", &flash::success("flash-removed")))
}
