//! GET /agent/imports: what was brought in, and the form that takes a table. Those with desk.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::list_page;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    list_page(ctx, &Frame::of(&request), 200, Form::default()).await
}
