//! PUT /api/users/me/shortcuts: the person who is signed in chooses keys for commands, in the place of all chosen before.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::shortcuts::{ShortcutsAnswer, example};
use crate::actions::accounts::shortcuts::{Shortcuts, replace};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("users", "Choose my keyboard shortcuts")
        .about("Keys that follow each other have a space between them (`g m`), keys pressed together a plus (`mod+k`).")
        .request::<Shortcuts>(json!({"palette": "g p", "theme": ""}))
        .answers::<ShortcutsAnswer>(200, "Keys by command, as they are now", example())
        .refuses(&[400, 401, 413, 415, 422])
}

/// Changes them.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let chosen: Shortcuts = body::json(&mut request).await?;
    replace(ctx, &chosen).await?;
    Ok(Response::json(200, &ShortcutsAnswer { data: chosen }))
}
