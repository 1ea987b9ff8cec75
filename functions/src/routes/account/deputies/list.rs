//! GET /profile/deputies: to whom one's own rights are lent, and whose are lent to oneself. Every member of the desk.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};

use super::Loaded;
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Loaded::load(ctx, &request).await?.page(ctx, &Frame::of(&request), &Query::default(), None)
}
