//! GET /api/views/{view}: whoever sees it.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{TicketViewView, answer, example, id};
use crate::actions::ticket_views;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("views", "Show a view")
        .path("view", "Its id (viw_...)")
        .sends_etag()
        .answers::<TicketViewView>(200, "The view; ETag is its version", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(answer(200, ticket_views::find(ctx, &id(&request)?).await?))
}
