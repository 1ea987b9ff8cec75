//! GET /api/users/me/shortcuts: the keys that the person who is signed in has chosen.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::shortcuts::{Shortcuts, load};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Chosen keys, in an envelope.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ShortcutsAnswer {
    /// Keys by command; a command that is not named has its own.
    pub(super) data: Shortcuts,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("users", "Show my keyboard shortcuts")
        .answers::<ShortcutsAnswer>(200, "Keys by command", example())
        .refuses(&[401])
}

/// Somebody who opens the palette by two keys and has none for the theme.
pub(super) fn example() -> serde_json::Value {
    json!({"data": {"palette": "g p", "theme": ""}})
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &ShortcutsAnswer { data: load(ctx).await? }))
}
