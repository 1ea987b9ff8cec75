//! GET /login/sso/{provider}/metadata: what this portal is to a provider that speaks SAML, for its administrator to import.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::sso::saml;
use crate::context::Ctx;

/// Answers the document.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let document = saml::metadata(ctx, &id(&request)?).await?;
    Ok(Response::bytes(200, "application/samlmetadata+xml", document.into_bytes()))
}
