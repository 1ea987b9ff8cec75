//! POST `/agent/access/policies/{access_policy}`: changes a policy, switches it on or off, or tries it on a ticket.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::policy_form::{self, Shown};
use super::version;
use crate::actions::policies;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Changes it; a refused form, and one whose policy was changed meanwhile (412), comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let (counts, known) = policy_form::load(ctx, &request).await?;
    let policy = known.policy.clone();
    let (refused, answer) = if policy_form::is_trial(&sent) {
        match policy_form::tried(ctx, Some(&policy), &sent).await {
            Ok((_, answer)) => (None, Some(answer)),
            Err(error) => (Some(error), None),
        }
    } else {
        let changed = match version(&sent).and_then(|if_match| Ok((if_match, policy_form::typed(&sent)?))) {
            Ok((if_match, typed)) => policies::change_known(ctx, known, if_match, &typed).await,
            Err(error) => Err(error),
        };
        match changed {
            Ok(_) => return Ok(flash::see_other(ctx, "/agent/access/policies", &flash::success("flash-saved"))),
            Err(error) => (Some(error), None),
        }
    };
    match refused {
        Some(error) if !policy_form::comes_back(&error) => Err(error),
        refused => {
            policy_form::page(ctx, &frame, &counts, &sent, Shown { policy: Some(&policy), refused: refused.as_ref(), answer })
        }
    }
}
