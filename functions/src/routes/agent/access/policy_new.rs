//! GET /agent/access/policies/new: the form of a new policy.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::policy_form::{self, Shown};
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let counts = policy_form::counts(ctx).await?;
    policy_form::page(ctx, &Frame::of(&request), &counts, &policy_form::fields(None), Shown::default())
}
