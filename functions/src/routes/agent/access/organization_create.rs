//! POST /agent/access/organizations: adds an organization.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::organizations::Loaded;
use crate::actions::organizations;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Adds it; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    match organizations::add(ctx, sent.get("name").unwrap_or_default(), sent.filled("customer_type")).await {
        Ok(_) => Ok(flash::see_other(ctx, "/agent/access/organizations", &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 409 | 422) => {
            let refused = form::refused(ctx, &error, &sent, &["name", "customer_type"]);
            Loaded::load(ctx, &request.query).await?.page(ctx, &frame, error.status, refused)
        }
        Err(error) => Err(error),
    }
}
