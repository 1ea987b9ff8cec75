//! POST /agent/sla/policies/{rule}/delete: removes a policy.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::rule;
use crate::actions::sla::policies;
use crate::actions::tickets::IfMatch;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = rule(&request)?;
    form::read(ctx, &mut request).await?;
    policies::remove(ctx, &id, IfMatch::Any).await?;
    Ok(flash::see_other(ctx, "/agent/sla/policies", &flash::success("flash-deleted-policy")))
}
