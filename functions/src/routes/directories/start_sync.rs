//! POST /api/directories/{directory}/sync: those with access.manage ask for a round now.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{SyncView, id, sync_example};
use crate::actions::directories::sync;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// How.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SyncIn {
    /// After a round that stopped because it would have disabled more than a third: yes, they are gone.
    #[serde(default)]
    confirm: bool,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("directories", "Ask for a round through a directory")
        .about(
            "It begins with the next sweep, within minutes, and takes as many as it needs. New people get accounts, changed ones are \
             brought into step, those who are gone are disabled and signed out; one that would disable more than a third stops before it \
             does. Asks for a recent proof of identity.",
        )
        .path("directory", "Its id (dir_...)")
        .request::<SyncIn>(json!({"confirm": false}))
        .answers::<SyncView>(202, "It will begin", sync_example())
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
}

/// Asks for it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let body: SyncIn = body::json(&mut request).await?;
    Ok(Response::json(202, &SyncView::from(sync::request(ctx, &id, body.confirm).await?)))
}
