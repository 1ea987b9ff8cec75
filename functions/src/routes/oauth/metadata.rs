//! GET /.well-known/oauth-authorization-server: what this tenant's authorization server can do (RFC 8414). Anybody.

use serde::Serialize;
use serde_json::json;
use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::oauth::TOKEN_PATH;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// The metadata of RFC 8414, section 2.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AuthorizationServer {
    /// The tenant's address.
    issuer: String,
    /// Where tokens are given out.
    token_endpoint: String,
    /// How a client can prove itself there.
    token_endpoint_auth_methods_supported: [&'static str; 2],
    /// Which grants there are.
    grant_types_supported: [&'static str; 1],
    /// None: there is no authorization endpoint.
    response_types_supported: [&'static str; 0],
    /// All scopes that a key can have.
    scopes_supported: Vec<&'static str>,
    /// The description of the API.
    service_documentation: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "How programs get tokens")
        .about("Metadata of the authorization server (RFC 8414).")
        .answers::<AuthorizationServer>(
            200,
            "The metadata",
            json!({
                "issuer": "https://support.acme.example", "token_endpoint": "https://support.acme.example/api/oauth/token",
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "grant_types_supported": ["client_credentials"], "response_types_supported": [],
                "scopes_supported": ["ticket.read", "ticket.create"], "service_documentation": "https://support.acme.example/api/docs"
            }),
        )
        .refuses(&[401])
}

/// Answers from the stored canonical host, never from the request.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    let metadata = AuthorizationServer {
        issuer: ctx.link(""),
        token_endpoint: ctx.link(TOKEN_PATH),
        token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
        grant_types_supported: ["client_credentials"],
        response_types_supported: [],
        scopes_supported: Permission::ALL.map(Permission::as_str).to_vec(),
        service_documentation: ctx.link("/api/docs"),
    };
    Ok(Response::json(200, &metadata).with("cache-control", "public, max-age=300"))
}
