//! GET /api/directories/{directory}/sync: everybody with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{SyncView, id, sync_example};
use crate::actions::directories::configure;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("directories", "Show how a directory's rounds stand")
        .path("directory", "Its id (dir_...)")
        .answers::<SyncView>(200, "How they stand", sync_example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &SyncView::from(configure::find(ctx, &id(&request)?).await?)))
}
