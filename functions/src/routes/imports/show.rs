//! GET /api/imports/{import}: those with desk.manage; of people also user.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{ImportView, answer, example, id};
use crate::actions::imports;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("imports", "Show an import")
        .about("While it runs, done counts up.")
        .path("import", "Its id (imp_...)")
        .sends_etag()
        .answers::<ImportView>(200, "The import", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(answer(200, imports::find(ctx, &id(&request)?).await?))
}
