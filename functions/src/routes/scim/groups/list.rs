//! GET /scim/v2/Groups: programs with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::page;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::scim::example_group;
use crate::routes::scim::listing::{self, Asked};

/// Describes the route.
pub fn doc() -> ApiDoc {
    listing::doc("List groups", &example_group())
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page(ctx, &Asked::of(&request)?).await
}
