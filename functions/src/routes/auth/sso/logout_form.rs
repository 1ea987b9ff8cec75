//! POST /login/sso/{provider}/logout: the same in a form. It comes from another site and is believed by its signature, by no cookie.

use shared::error::ApiError;
use shared::http::{Request, Response, decode_pairs};
use shared::limits::BODY_BYTES_MAX;

use super::id;
use super::logout::went_on;
use crate::actions::sso::configure;
use crate::actions::sso::saml::{self, Arrived};
use crate::context::Ctx;

/// Carries an order out.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    configure::find(ctx, &id).await?.saml.ok_or_else(ApiError::not_found)?;
    if request.media_type().as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(ApiError::unsupported_media_type());
    }
    let sent = decode_pairs(&request.body.take().read(BODY_BYTES_MAX).await?);
    let Some(order) = sent.get("SAMLRequest") else { return went_on(None) };
    went_on(saml::ordered(ctx, &id, Arrived::Form { order, relay_state: sent.get("RelayState") }).await?)
}
