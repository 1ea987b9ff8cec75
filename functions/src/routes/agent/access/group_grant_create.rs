//! POST /agent/access/groups/{group}/grants: gives a role to a group.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::grants_page;
use crate::context::Ctx;

/// Gives it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let to = grants_page::group(&request)?;
    grants_page::give(ctx, request, to).await
}
