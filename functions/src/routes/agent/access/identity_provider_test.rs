//! POST /agent/access/identity-providers/{provider}/test: tries a provider out.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::oidc::settings::Preset;

use super::identity_provider_form::{Loaded, id};
use crate::actions::sso::probe;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;

/// Shows the page with the steps that were taken.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    form::read(ctx, &mut request).await?;
    let id = id(&request)?;
    let loaded = Loaded::load(ctx, Some(&id)).await?;
    let tried = probe::probe_known(ctx, loaded.known()?).await?;
    loaded.show(ctx, &frame, Preset::Generic, tried)
}
