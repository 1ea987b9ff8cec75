//! POST /agent/sla/policies/new: adds a policy.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::policy_form::{self, Around};
use crate::actions::sla::policies;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Adds it; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let around = Around::load(ctx).await?;
    let result = match policy_form::parse(&sent) {
        Ok(form) => policies::create_by(ctx, form, &around.hours()?).await.map(|_| ()),
        Err(error) => Err(error),
    };
    match result.map_err(policy_form::translate) {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/sla/policies", &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 409 | 422) => policy_form::page(ctx, &frame, &around, "", &sent, Some(&error), None),
        Err(error) => Err(error),
    }
}
