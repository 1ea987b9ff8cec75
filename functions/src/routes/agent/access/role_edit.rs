//! GET /agent/access/roles/{role}: the form of a role; of the five, and for those who may change none, only to read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::role_form;
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let (counts, known) = role_form::load(ctx, &request).await?;
    let fields = role_form::fields(ctx, &known);
    role_form::page(ctx, &Frame::of(&request), &counts, &known, &fields, None)
}
