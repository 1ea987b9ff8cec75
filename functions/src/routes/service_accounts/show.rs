//! GET /api/service-accounts/{account}: one account of a program. Everybody with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{ServiceAccountView, answer, example, id};
use crate::actions::service_accounts;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("service-accounts", "Show an account of a program")
        .path("account", "Its id (usr_...)")
        .sends_etag()
        .answers::<ServiceAccountView>(200, "The account; ETag is its version", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(answer(200, service_accounts::find(ctx, &id(&request)?).await?))
}
