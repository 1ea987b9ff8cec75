//! POST `/agent/access/policies/{access_policy}/delete`: removes a policy.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::policy_form::{self, Shown};
use crate::actions::policies;
use crate::actions::tickets::IfMatch;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Removes it; one that denies something to whoever removes it stays, and its page says so.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    form::read(ctx, &mut request).await?;
    let (counts, known) = policy_form::load(ctx, &request).await?;
    match policies::remove_known(ctx, &known, IfMatch::Any).await {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/access/policies", &flash::success("flash-removed"))),
        Err(error) if policy_form::comes_back(&error) => {
            let policy = &known.policy;
            let shown = Shown { policy: Some(policy), refused: Some(&error), answer: None };
            policy_form::page(ctx, &frame, &counts, &policy_form::fields(Some(policy)), shown)
        }
        Err(error) => Err(error),
    }
}
