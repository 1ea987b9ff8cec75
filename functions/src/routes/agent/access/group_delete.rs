//! POST /agent/access/groups/{group}/delete: removes a group and what it gave.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::group_edit;
use crate::actions::groups;
use crate::actions::tickets::IfMatch;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = group_edit::id(&request)?;
    form::read(ctx, &mut request).await?;
    groups::remove(ctx, &id, IfMatch::Any).await?;
    Ok(flash::see_other(ctx, "/agent/access/groups", &flash::success("flash-removed")))
}
