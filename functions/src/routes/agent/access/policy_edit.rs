//! GET `/agent/access/policies/{access_policy}`: the form of a policy.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::policy_form::{self, Shown};
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let (counts, known) = policy_form::load(ctx, &request).await?;
    let shown = Shown { policy: Some(&known.policy), ..Shown::default() };
    policy_form::page(ctx, &Frame::of(&request), &counts, &policy_form::fields(Some(&known.policy)), shown)
}
