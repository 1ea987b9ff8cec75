//! GET /agent/sla/policies/new: the form of a policy with the standard promises.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::sla::PolicyIn;

use super::policy_form::{self, Around};
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let around = Around::load(ctx).await?;
    let fields = policy_form::fields(&PolicyIn::standard("", ""), 0);
    policy_form::page(ctx, &Frame::of(&request), &around, "", &fields, None, None)
}
