//! POST /agent/time/{entry}/delete: removes an entry.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::tickets::IfMatch;
use crate::actions::time;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    form::read(ctx, &mut request).await?;
    time::remove(ctx, &id, IfMatch::Any).await?;
    Ok(flash::see_other(ctx, "/agent/time", &flash::success("flash-removed")))
}
