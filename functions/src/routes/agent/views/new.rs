//! GET /agent/views/new: the form of a new view, filled in from the address of a list.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::ticket_view::{Column, ViewIn};

use super::view_form;
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let loaded = view_form::load(ctx, None).await?;
    let plain = view_form::fields(&ViewIn { columns: Column::ALL.to_vec(), ..ViewIn::default() });
    let sent = &request.query;
    let typed: Query = plain.pairs().filter(|(name, _)| sent.get(name).is_none()).chain(sent.pairs()).collect();
    view_form::page(ctx, &Frame::of(&request), &loaded, &typed, None)
}
