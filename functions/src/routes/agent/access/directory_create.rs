//! POST /agent/access/directories/new: sets a directory up.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::comes_back;
use super::directory_form::Loaded;
use crate::actions::directories::configure;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Sets it up; a refused form comes back as it was sent, without the password.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let loaded = Loaded::load(ctx, &request, None, Vec::new()).await?;
    let result = match loaded.typed(&sent) {
        Ok(typed) => configure::create_with(ctx, typed, &loaded.places.roles).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(directory) => {
            let location = format!("/agent/access/directories/{}", directory.id);
            Ok(flash::see_other(ctx, &location, &flash::success("flash-saved")))
        }
        Err(error) if comes_back(&error) => loaded.refused(ctx, &frame, &sent, &error),
        Err(error) => Err(error),
    }
}
