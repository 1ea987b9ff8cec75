//! POST /api/oauth/token: an access token for a service account's key (RFC 6749, 4.4). Whoever holds the key.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response, decode_pairs};
use shared::limits::{BODY_BYTES_MAX, KEY_TOKEN_SECONDS};

use crate::actions::oauth::{self, Refusal};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A token (RFC 6749, 5.1).
#[derive(Serialize, utoipa::ToSchema)]
pub struct OAuthToken {
    /// The token, for `Authorization: Bearer`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds that it lives.
    expires_in: i64,
    /// What it lets its holder do at most: names of permissions.
    scope: String,
}

/// What is asked (RFC 6749, 4.4.2), as the API document describes it.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "the form itself is read pair by pair")]
pub struct OAuthTokenRequest {
    /// `client_credentials`.
    grant_type: String,
    /// Names of permissions with spaces between them; all of the key's without it.
    scope: Option<String>,
    /// Id of a service account, where it does not come by `Authorization`.
    client_id: Option<String>,
    /// One of its keys, likewise.
    client_secret: Option<String>,
}

/// Why there is none (RFC 6749, 5.2).
#[derive(Serialize, utoipa::ToSchema)]
pub struct OAuthRefusal {
    /// `invalid_request`, `invalid_client`, `unsupported_grant_type`, `invalid_scope`, or `temporarily_unavailable` after too many tries.
    error: &'static str,
    /// For whoever writes the client.
    error_description: &'static str,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    let refused = |error: &str| json!({"error": error, "error_description": "What is wrong, for whoever writes the client"});
    ApiDoc::new("auth", "Get a token for a key")
        .about(
            "Grant `client_credentials`. The client's name is the id of a service account, its secret one of the account's API keys; they come by \
             `Authorization: Basic` or as `client_id` and `client_secret`. `scope` narrows what the key allows. The token ends with the key and \
             the account, at once.",
        )
        .form_request::<OAuthTokenRequest>(json!({"grant_type": "client_credentials", "scope": "ticket.read"}))
        .header("Authorization", "Basic, with the client's name and secret")
        .answers::<OAuthToken>(
            200,
            "The token",
            json!({"access_token": "eyJ...", "token_type": "Bearer", "expires_in": KEY_TOKEN_SECONDS, "scope": "ticket.read"}),
        )
        .answers::<OAuthRefusal>(400, "The request or what it asks for cannot be taken", refused("invalid_scope"))
        .answers::<OAuthRefusal>(401, "The client is not known, or its key is not good", refused("invalid_client"))
        .answers::<OAuthRefusal>(429, "Too many tries", refused("temporarily_unavailable"))
        .refuses(&[413])
}

/// Gives it out. Refusals are of RFC 6749's own form, which clients know.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    if request.media_type().as_deref() != Some("application/x-www-form-urlencoded") {
        return Ok(refused(400, "invalid_request", "the body is no form"));
    }
    let form = decode_pairs(&request.body.take().read(BODY_BYTES_MAX).await?);
    let response = match oauth::token(ctx, request.headers.get("authorization"), &form).await {
        Ok(token) => Response::json(
            200,
            &OAuthToken {
                access_token: token.access_token,
                token_type: "Bearer",
                expires_in: KEY_TOKEN_SECONDS,
                scope: token.scope,
            },
        ),
        Err(Refusal::InvalidRequest(why)) => refused(400, "invalid_request", why),
        Err(Refusal::InvalidClient) => refused(401, "invalid_client", "the client is not known, or its key is not good")
            .with("www-authenticate", "Basic realm=\"oauth\", charset=\"UTF-8\""),
        Err(Refusal::UnsupportedGrantType) => refused(400, "unsupported_grant_type", "only client_credentials is given"),
        Err(Refusal::InvalidScope) => refused(400, "invalid_scope", "a scope is not known, or the key was not given it"),
        Err(Refusal::TooMany(seconds)) => {
            refused(429, "temporarily_unavailable", "too many tries").with("retry-after", seconds.to_string())
        }
        Err(Refusal::Other(error)) => return Err(error),
    };
    Ok(response.with("cache-control", "no-store").with("pragma", "no-cache"))
}

fn refused(status: u16, error: &'static str, error_description: &'static str) -> Response {
    Response::json(status, &OAuthRefusal { error, error_description })
}
