//! GET /agent/imports/{import}: how it stands. Those with desk.manage; of people also user.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::page;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::routes::imports::id;

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page(ctx, &Frame::of(&request), &id(&request)?, None).await
}
