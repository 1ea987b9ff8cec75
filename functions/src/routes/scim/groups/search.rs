//! POST /scim/v2/Groups/.search: programs with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::page;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::scim::example_group;
use crate::routes::scim::listing::{self, Asked};

/// Describes the route.
pub fn doc() -> ApiDoc {
    listing::search_doc("Look for groups", "displayName eq \"Second line\"", &example_group())
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    page(ctx, &Asked::of_search(&mut request).await?).await
}
