//! POST /agent/access/identity-providers/{provider}/delete: removes a provider.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::identity_provider_form::id;
use crate::actions::sso::configure;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::pages::{flash, form};

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    form::read(ctx, &mut request).await?;
    configure::remove(ctx, &id(&request)?, IfMatch::Any).await?;
    Ok(flash::see_other(ctx, "/agent/access/identity-providers", &flash::success("flash-removed")))
}
