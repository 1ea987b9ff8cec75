//! GET /register: the form.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::entrance;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;

/// Shows the form, if the tenant lets people register.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    if !ctx.tenant.settings().registration_open {
        return Err(ApiError::not_found());
    }
    render::page(ctx, &Frame::of(&request), 200, "portal/register", entrance(ctx, ""))
}
