//! GET /agent/views/{view}: the form of a view, for whoever may change it.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::view_form;
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let loaded = view_form::load(ctx, Some(&view_form::id(&request)?)).await?;
    let typed = loaded.view.as_ref().map(|view| view_form::fields(&view.form)).unwrap_or_default();
    view_form::page(ctx, &Frame::of(&request), &loaded, &typed, None)
}
