//! GET /api/directories/{directory}: everybody with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{DirectoryView, answer, example, id};
use crate::actions::directories::configure;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("directories", "Show a directory")
        .path("directory", "Its id (dir_...)")
        .sends_etag()
        .answers::<DirectoryView>(200, "The directory; ETag is its version", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(answer(200, configure::find(ctx, &id(&request)?).await?))
}
