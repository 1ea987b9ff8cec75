//! POST /agent/access/organizations/{organization}: another name or customer type.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::organization_edit;
use crate::actions::organizations;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Changes it; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let (counts, known) = organization_edit::load(ctx, &request).await?;
    let (name, kind) = (sent.get("name").unwrap_or_default(), sent.get("customer_type").unwrap_or_default());
    match organizations::change_known(ctx, &known, Some(name), Some(kind)).await {
        Ok(_) => Ok(flash::see_other(ctx, "/agent/access/organizations", &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 409 | 422) => {
            let refused = form::refused(ctx, &error, &sent, &["name", "customer_type"]);
            organization_edit::page(ctx, &frame, error.status, &counts, &known, refused)
        }
        Err(error) => Err(error),
    }
}
