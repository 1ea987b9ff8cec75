//! POST /scim/v2/Users/.search: programs with user.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::page;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::scim::example_person;
use crate::routes::scim::listing::{self, Asked};

/// Describes the route.
pub fn doc() -> ApiDoc {
    listing::search_doc("Look for people", "userName eq \"ann@corp.example\"", &example_person())
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    page(ctx, &Asked::of_search(&mut request).await?).await
}
