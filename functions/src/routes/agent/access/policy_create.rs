//! POST /agent/access/policies/new: makes a policy, or tries it on a ticket.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::policy_form::{self, Shown};
use crate::actions::policies;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Makes it; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let refused = if policy_form::is_trial(&sent) {
        match policy_form::tried(ctx, None, &sent).await {
            Ok((counts, answer)) => {
                let shown = Shown { answer: Some(answer), ..Shown::default() };
                return policy_form::page(ctx, &frame, &counts, &sent, shown);
            }
            Err(error) => error,
        }
    } else {
        let made = match policy_form::typed(&sent) {
            Ok(typed) => policies::create(ctx, &typed).await,
            Err(error) => Err(error),
        };
        match made {
            Ok(_) => return Ok(flash::see_other(ctx, "/agent/access/policies", &flash::success("flash-saved"))),
            Err(error) => error,
        }
    };
    if !policy_form::comes_back(&refused) {
        return Err(refused);
    }
    let counts = policy_form::counts(ctx).await?;
    policy_form::page(ctx, &frame, &counts, &sent, Shown { refused: Some(&refused), ..Shown::default() })
}
