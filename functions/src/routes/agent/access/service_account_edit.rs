//! GET /agent/access/service-accounts/{account}: an account of a program and its keys.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::service_account_page::{Loaded, Refused};
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Loaded::load(ctx, &request).await?.page(ctx, &Frame::of(&request), &Refused::Neither)
}
