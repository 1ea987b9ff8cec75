//! GET /scim/v2/Users: programs with user.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::page;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::scim::example_person;
use crate::routes::scim::listing::{self, Asked};

/// Describes the route.
pub fn doc() -> ApiDoc {
    listing::doc("List people, those who sign in here by themselves too", &example_person())
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page(ctx, &Asked::of(&request)?).await
}
