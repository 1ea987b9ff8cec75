//! POST /agent/access/identity-providers/new: sets a provider up.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::comes_back;
use super::identity_provider_form::{Loaded, typed};
use crate::actions::sso::configure;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Sets it up; a refused form comes back as it was sent, without the secret.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let loaded = Loaded::load(ctx, None).await?;
    let result = match typed(&sent, &loaded.places) {
        Ok(typed) => configure::create_with(ctx, typed, &loaded.places.roles).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(provider) => {
            let location = format!("/agent/access/identity-providers/{}", provider.id);
            Ok(flash::see_other(ctx, &location, &flash::success("flash-saved")))
        }
        Err(error) if comes_back(&error) => loaded.refused(ctx, &frame, &sent, &error),
        Err(error) => Err(error),
    }
}
