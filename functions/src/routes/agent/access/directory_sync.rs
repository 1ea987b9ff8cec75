//! POST /agent/access/directories/{directory}/sync: asks for a round through a directory.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::directory_form::id;
use crate::actions::directories::sync;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Asks for it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let sent = form::read(ctx, &mut request).await?;
    let id = id(&request)?;
    sync::request(ctx, &id, sent.get("confirm").is_some()).await?;
    Ok(flash::see_other(ctx, &format!("/agent/access/directories/{id}"), &flash::success("flash-directory-sync")))
}
