//! GET /login/sso/{provider}/logout: a provider that speaks SAML has somebody signed out, or answers that it has done so. Query: `SAMLRequest`
//! or `SAMLResponse`, `RelayState`, `SigAlg`, `Signature`.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::saml::Fault;

use super::id;
use crate::actions::sso::saml::logout::{self, Arrived};
use crate::context::Ctx;
use crate::pages::flash;

/// Carries an order out, or says what came of our own.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let arrived = Arrived::Query(&request.raw_query);
    if request.query.get("SAMLRequest").is_none() {
        return Ok(told(ctx, logout::answered(ctx, &id, arrived).await?));
    }
    Ok(went_on(logout::ordered(ctx, &id, arrived).await?.as_deref()))
}

/// On to the provider with our answer, or to our own page.
pub(super) fn went_on(location: Option<&str>) -> Response {
    Response::see_other(location.unwrap_or("/login")).with("referrer-policy", "no-referrer")
}

/// To our own page, which says whether somebody is signed out at the provider, too.
pub(super) fn told(ctx: &Ctx<'_>, answered: Result<(), Fault>) -> Response {
    let flash = match answered {
        Ok(()) => flash::success("flash-saml-signed-out"),
        Err(Fault::Status) => flash::failure("flash-saml-signed-out-partly"),
        Err(_) => flash::failure("flash-saml-signed-out-unknown"),
    };
    flash::see_other(ctx, "/login", &flash).with("referrer-policy", "no-referrer")
}
