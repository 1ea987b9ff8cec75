//! GET /agent/access/groups/{group}/grants: roles that were given to a group, for good or for a time.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};

use super::grants_page::{self, Loaded};
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let to = grants_page::group(&request)?;
    Loaded::load(ctx, &request, &to, "").await?.page(ctx, &Frame::of(&request), &Query::default(), None)
}
