//! POST /login/sso/{provider}/callback: our own page hands on what a provider that speaks SAML has answered. Form: `SAMLResponse`,
//! `RelayState`.

use shared::error::ApiError;
use shared::http::{Request, Response, decode_pairs};
use shared::limits::BODY_BYTES_MAX;

use super::callback::{finish, once};
use super::id;
use crate::actions::sso::finish::Answer;
use crate::context::Ctx;

/// Takes it. That it comes from our own site was looked at before; whose it is, the cookie says.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    if request.headers.get("authorization").is_some() {
        // Only requests with cookies were looked at; programs have no browser that could come back.
        return Err(ApiError::bad_csrf());
    }
    if request.media_type().as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(ApiError::unsupported_media_type());
    }
    let sent = decode_pairs(&request.body.take().read(BODY_BYTES_MAX).await?);
    let answer = Answer {
        state: once(&sent, "RelayState").unwrap_or_default(),
        code: None,
        error: None,
        response: Some(once(&sent, "SAMLResponse").unwrap_or_default()),
        issuer: None,
    };
    finish(ctx, &id, &answer, &request).await
}
