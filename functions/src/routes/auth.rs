//! Signing in and out, for programs (`/api/auth`) and for people (pages).

pub mod identities;
pub mod login;
pub mod logout;
pub mod logout_everywhere;
pub mod me;
pub mod page;
pub mod passkeys;
pub mod refresh;
pub mod second_factor;
pub mod sso;
pub mod step_up;
pub mod step_up_code;
pub mod step_up_options;

use serde::Serialize;
use shared::auth::access_token;
use shared::error::ApiError;
use shared::id::{SessionId, UserId};
use shared::limits::ACCESS_TOKEN_SECONDS;

use crate::context::Ctx;

/// What a program gets when it signs in or refreshes (the names are those of RFC 6749, 5.1).
#[derive(Serialize, utoipa::ToSchema)]
pub struct Tokens {
    /// Goes into `Authorization: Bearer`.
    #[schema(example = "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9...")]
    access_token: String,
    /// Good for one exchange at `/api/auth/refresh`.
    refresh_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: String,
    /// Seconds that the access token lives.
    #[schema(example = 1800)]
    expires_in: i64,
}

fn tokens(ctx: &Ctx<'_>, user: &UserId, session: &SessionId, refresh_token: String) -> Result<Tokens, ApiError> {
    let config = ctx.config();
    let access_token =
        access_token::issue(&config.jwt_secret, ctx.tenant.id(), user, session, ctx.now).map_err(ApiError::internal)?;
    Ok(Tokens { access_token, refresh_token, token_type: "Bearer".to_owned(), expires_in: ACCESS_TOKEN_SECONDS })
}

fn example() -> serde_json::Value {
    serde_json::json!({
        "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJpc3MiOiJ3b3JrZXJuZXQifQ.c2lnbmF0dXJl",
        "refresh_token": "3f1c0a5be8d94f7c9e2b6a7d4c5f8e1092a3b4c5d6e7f8091a2b3c4d5e6f7081",
        "token_type": "Bearer",
        "expires_in": ACCESS_TOKEN_SECONDS
    })
}
