//! POST /agent/sla/policies/{rule}: changes a policy.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{policy_edit, policy_form, rule, version};
use crate::actions::sla::policies;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Changes it; a refused form, and one whose policy was changed meanwhile (412), comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let id = rule(&request)?;
    let sent = form::read(ctx, &mut request).await?;
    let (around, known) = policy_edit::load(ctx, &id).await?;
    let now_at = known.version;
    let result = match (version(&sent), policy_form::parse(&sent)) {
        (Ok(if_match), Ok(form)) => policies::change(ctx, known, if_match, form, &around.hours()?).await.map(|_| ()),
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match result.map_err(policy_form::translate) {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/sla/policies", &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 409 | 412 | 422) => {
            // Whoever has been told of the other change and sends again means it.
            let fresh = (error.status == 412).then_some(now_at);
            policy_form::page(ctx, &frame, &around, id.as_str(), &sent, Some(&error), fresh)
        }
        Err(error) => Err(error),
    }
}
