//! GET /api/users/me/tabs: the tickets that stand open as tabs of somebody of the desk.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::opened::{OpenedTickets, tabs};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::tickets::recent::example;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("users", "List my tabs")
        .answers::<OpenedTickets>(200, "The tickets that stand open, in the order of their tabs", example())
        .refuses(&[401, 403])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &tabs(ctx).await?))
}
