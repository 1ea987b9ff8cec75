//! POST /api/auth/refresh: a program exchanges its refresh token.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{Tokens, example, tokens};
use crate::actions::accounts::refresh;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// The token to exchange.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshToken {
    /// The latest refresh token of the session.
    refresh_token: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "Exchange the refresh token")
        .about(
            "A refresh token works once, within seven days. One that is presented again ends the session: exchange tokens one \
             after another, never at the same moment. 30 days after the sign-in the session is over in any case.",
        )
        .request::<RefreshToken>(json!({"refresh_token": "3f1c0a5be8d94f7c9e2b6a7d4c5f8e1092a3b4c5d6e7f8091a2b3c4d5e6f7081"}))
        .answers::<Tokens>(200, "Fresh tokens", example())
        .refuses(&[400, 401, 413, 415, 422])
}

/// Answers with fresh tokens.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let body: RefreshToken = body::json(&mut request).await?;
    let refreshed = refresh::refresh(ctx, &body.refresh_token).await?;
    Ok(Response::json(200, &tokens(ctx, &refreshed.user, &refreshed.session, refreshed.refresh_token)?))
}
