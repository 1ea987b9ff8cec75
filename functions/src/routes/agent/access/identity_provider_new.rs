//! GET /agent/access/identity-providers/new: the form of a new provider. Query: `preset` (`google`, `microsoft`).

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::oidc::settings::Preset;

use super::identity_provider_form::Loaded;
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let preset = request.query.get("preset").and_then(Preset::parse).unwrap_or_default();
    Loaded::load(ctx, None).await?.show(ctx, &Frame::of(&request), preset, Vec::new())
}
