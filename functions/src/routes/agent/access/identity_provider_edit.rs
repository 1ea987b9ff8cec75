//! GET /agent/access/identity-providers/{provider}: how a provider is set up.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::oidc::settings::Preset;

use super::identity_provider_form::{Loaded, id};
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    Loaded::load(ctx, Some(&id)).await?.show(ctx, &Frame::of(&request), Preset::Generic, Vec::new())
}
