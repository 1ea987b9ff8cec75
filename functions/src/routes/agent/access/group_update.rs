//! POST /agent/access/groups/{group}: another name or description.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::group_edit::Loaded;
use super::{comes_back, version};
use crate::actions::groups;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::{flash, form};

/// Changes it; a refused form, and one whose group was changed meanwhile (412), comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let loaded = Loaded::load(ctx, &request, Vec::new()).await?;
    let result = match version(&sent) {
        Ok(if_match) => {
            groups::change_known(ctx, loaded.group.clone(), if_match, sent.get("name"), sent.get("description")).await
        }
        Err(error) => Err(error),
    };
    match result {
        Ok(_) => Ok(flash::see_other(ctx, "/agent/access/groups", &flash::success("flash-saved"))),
        Err(error) if comes_back(&error) => {
            let refused = form::refused(ctx, &error, &sent, &["name", "description"]);
            loaded.page(ctx, &frame, error.status, refused, Form::default())
        }
        Err(error) => Err(error),
    }
}
