//! POST /login/sso/{provider}/acs: a provider that speaks SAML has the browser hand its answer in. Form: `SAMLResponse`, `RelayState`.
//!
//! The form comes from another site, so no cookie comes along (`SameSite=Lax`). Nothing is decided here: the page that is answered sends the
//! same form on from our own site, with the cookies of whoever began, to where the answer is looked at.

use shared::error::ApiError;
use shared::http::{Request, Response, decode_pairs};
use shared::limits::BODY_BYTES_MAX;

use super::id;
use crate::actions::sso::configure;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::sso::HandedIn;

/// Answers the page.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    configure::find(ctx, &id).await?.saml.ok_or_else(ApiError::not_found)?;
    if request.media_type().as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(ApiError::unsupported_media_type());
    }
    let frame = Frame::of(&request);
    let sent = decode_pairs(&request.body.take().read(BODY_BYTES_MAX).await?);
    let field = |name: &str| sent.get(name).unwrap_or_default().to_owned();
    let view = HandedIn { id: id.to_string(), response: field("SAMLResponse"), relay_state: field("RelayState") };
    Ok(render::page(ctx, &frame, 200, "portal/handed-in", view)?.with("referrer-policy", "same-origin"))
}
