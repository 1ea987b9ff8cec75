//! POST /agent/access/organizations/{organization}/delete: removes one to which nobody and nothing belongs.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::organization_edit;
use crate::actions::organizations;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Removes it; one that is in use stays, and its page says so.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    form::read(ctx, &mut request).await?;
    let (counts, known) = organization_edit::load(ctx, &request).await?;
    match organizations::remove_known(ctx, &known).await {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/access/organizations", &flash::success("flash-removed"))),
        Err(error) if error.code == "in_use" => {
            let form = organization_edit::as_it_stands(&known).error("form", error.detail(ctx.locale));
            organization_edit::page(ctx, &frame, error.status, &counts, &known, form)
        }
        Err(error) => Err(error),
    }
}
