//! GET /agent/access/directories/new: the form of a new directory.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::directory_form::{Loaded, Said};
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Loaded::load(ctx, &request, None, Vec::new()).await?.show(ctx, &Frame::of(&request), 200, Said::default())
}
