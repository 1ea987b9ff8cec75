//! POST /agent/access/directories/{directory}/delete: removes a directory.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::directory_form::id;
use crate::actions::directories::configure;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::pages::{flash, form};

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    configure::remove(ctx, &id(&request)?, IfMatch::Any).await?;
    Ok(flash::see_other(ctx, "/agent/access/directories", &flash::success("flash-removed")))
}
