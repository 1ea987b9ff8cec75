//! POST /agent/access/identity-providers/{provider}: changes how a provider is set up.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::identity_provider_form::{Loaded, id, typed};
use super::{comes_back, version};
use crate::actions::sso::configure;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Changes it; a refused form, and one whose provider was changed meanwhile (412), comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let id = id(&request)?;
    let loaded = Loaded::load(ctx, Some(&id)).await?;
    let result = match (version(&sent), typed(&sent, &loaded.places)) {
        (Ok(if_match), Ok(typed)) => configure::replace_known(ctx, loaded.known()?, if_match, typed, &loaded.places.roles).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match result {
        Ok(_) => {
            let location = format!("/agent/access/identity-providers/{id}");
            Ok(flash::see_other(ctx, &location, &flash::success("flash-saved")))
        }
        Err(error) if comes_back(&error) => loaded.refused(ctx, &frame, &sent, &error),
        Err(error) => Err(error),
    }
}
