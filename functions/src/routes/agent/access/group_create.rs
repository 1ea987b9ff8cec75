//! POST /agent/access/groups: makes a group.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::groups;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Makes it and goes there; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    match groups::create(ctx, sent.get("name").unwrap_or_default(), sent.get("description").unwrap_or_default()).await {
        Ok(group) => Ok(flash::see_other(ctx, &format!("/agent/access/groups/{}", group.id), &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 409 | 422) => {
            let refused = form::refused(ctx, &error, &sent, &["name", "description"]);
            super::groups::page(ctx, &frame, error.status, refused).await
        }
        Err(error) => Err(error),
    }
}
