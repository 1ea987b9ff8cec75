//! GET /agent/access/directories/{directory}: the form of a directory, its test, its rounds and its people.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::directory_form::{Loaded, Said, id};
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    Loaded::load(ctx, &request, Some(&id), Vec::new()).await?.show(ctx, &Frame::of(&request), 200, Said::default())
}
