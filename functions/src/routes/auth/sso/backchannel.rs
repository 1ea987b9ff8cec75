//! POST /login/sso/{provider}/backchannel: a provider says that a session there is over. Form field: `logout_token`. Whoever holds the
//! provider's key.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response, decode_pairs};
use shared::limits::BODY_BYTES_MAX;

use super::id;
use crate::actions::sso::end::{self, Refusal};
use crate::context::Ctx;

/// Ends what it names. A token that is not good is answered as the specification has it (2.8), with the name of what is wrong.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    if request.media_type().as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(ApiError::unsupported_media_type());
    }
    let form = decode_pairs(&request.body.take().read(BODY_BYTES_MAX).await?);
    let mut tokens = form.all("logout_token");
    let token = tokens.next().filter(|_| tokens.next().is_none()).unwrap_or_default();
    let response = match end::end(ctx, &id, token).await {
        Ok(()) => Response::empty(200),
        Err(Refusal::Token(fault)) => {
            Response::json(400, &json!({ "error": "invalid_request", "error_description": fault.to_string() }))
        }
        Err(Refusal::Other(error)) => return Err(error),
    };
    Ok(response.with("cache-control", "no-store"))
}
