//! POST /login/sso/{provider}/logout: the same in a form. It comes from another site and is believed by its signature, by no cookie.

use shared::error::ApiError;
use shared::http::{Request, Response, decode_pairs};
use shared::limits::BODY_BYTES_MAX;

use super::id;
use super::logout::{told, went_on};
use crate::actions::sso::configure;
use crate::actions::sso::saml::logout::{self, Arrived};
use crate::context::Ctx;

/// Carries an order out, or says what came of our own.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    configure::find(ctx, &id).await?.saml.ok_or_else(ApiError::not_found)?;
    if request.media_type().as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(ApiError::unsupported_media_type());
    }
    let sent = decode_pairs(&request.body.take().read(BODY_BYTES_MAX).await?);
    let relay_state = sent.get("RelayState");
    if let Some(message) = sent.get("SAMLRequest") {
        return Ok(went_on(logout::ordered(ctx, &id, Arrived::Form { message, relay_state }).await?.as_deref()));
    }
    let message = sent.get("SAMLResponse").unwrap_or_default();
    Ok(told(ctx, logout::answered(ctx, &id, Arrived::Form { message, relay_state }).await?))
}
