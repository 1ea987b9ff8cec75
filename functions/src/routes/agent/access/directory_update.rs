//! POST /agent/access/directories/{directory}: changes how a directory is set up.

use shared::access::Permissions;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::{directory_people, held};

use super::directory_form::{Loaded, id};
use super::{comes_back, version};
use crate::actions::directories::configure;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Changes it; a refused form, and one whose directory was changed meanwhile (412), comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let id = id(&request)?;
    let loaded = Loaded::load(ctx, &request, Some(&id), vec![directory_people::held(&id, ctx.now)]).await?;
    let held = loaded.more.first().map(held::permissions).transpose()?.unwrap_or(Permissions::NONE);
    let result = match (version(&sent), loaded.typed(&sent)) {
        (Ok(if_match), Ok(typed)) => {
            configure::replace_known(ctx, loaded.known()?, if_match, typed, &loaded.places.roles, held).await
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match result {
        Ok(_) => {
            let location = format!("/agent/access/directories/{id}");
            Ok(flash::see_other(ctx, &location, &flash::success("flash-saved")))
        }
        Err(error) if comes_back(&error) => loaded.refused(ctx, &frame, &sent, &error),
        Err(error) => Err(error),
    }
}
