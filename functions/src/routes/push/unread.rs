//! GET /api/push/unread: of how many tickets the person who is signed in has news, for the badge of the app's icon.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::push;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What has not been looked at.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PushUnread {
    /// Tickets; 99 stands for more.
    tickets: i64,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("push", "Tickets with news")
        .about("Tickets of which notices were sent to a device since their page was last opened.")
        .answers::<PushUnread>(200, "How many", json!({"tickets": 2}))
        .refuses(&[401])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &PushUnread { tickets: push::unread(ctx).await? }))
}
