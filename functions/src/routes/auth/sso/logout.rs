//! GET /login/sso/{provider}/logout: a provider that speaks SAML has somebody signed out, or answers that it has done so. Query: `SAMLRequest`
//! or `SAMLResponse`, `RelayState`, `SigAlg`, `Signature`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::sso::configure;
use crate::actions::sso::saml::{self, Arrived};
use crate::context::Ctx;

/// Carries an order out. An answer ends what was ended here already, whatever it says.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    if request.query.get("SAMLRequest").is_none() {
        configure::find(ctx, &id).await?;
        return Ok(Response::see_other("/login"));
    }
    went_on(saml::ordered(ctx, &id, Arrived::Query(&request.raw_query)).await?)
}

/// On to the provider with our answer, or to our own page.
#[expect(clippy::unnecessary_wraps, reason = "an answer of a handler")]
pub(super) fn went_on(location: Option<String>) -> Result<Response, ApiError> {
    Ok(Response::see_other(location.as_deref().unwrap_or("/login")).with("referrer-policy", "no-referrer"))
}
