//! POST /profile/deputies: a member of the desk lends their rights to a colleague. Fields: `deputy`, `starts_at`, `ends_at`, `reason`.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::store::delegations::Delegation;

use super::{ADDRESS, Loaded};
use crate::actions::delegations::{self, Party, Typed};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Lends them; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let loaded = Loaded::load(ctx, &request).await?;
    match lend(ctx, &loaded, &sent).await {
        Ok(_) => Ok(flash::see_other(ctx, ADDRESS, &flash::success("flash-deputy-set"))),
        Err(error) if matches!(error.status, 409 | 422) => loaded.page(ctx, &frame, &sent, Some(&error)),
        Err(error) => Err(error),
    }
}

async fn lend(ctx: &Ctx<'_>, loaded: &Loaded, sent: &Query) -> Result<Delegation, ApiError> {
    let chosen = loaded.directory.colleagues().find(|one| sent.get("deputy") == Some(one.id.as_str()));
    let deputy = chosen.ok_or_else(|| ApiError::field("deputy", "unknown_value"))?;
    let typed = Typed {
        delegator: None,
        deputy: deputy.id.clone(),
        starts_at: form::moment(ctx, sent, "starts_at")?,
        ends_at: form::moment(ctx, sent, "ends_at")?.ok_or_else(|| ApiError::field("ends_at", "required"))?,
        reason: sent.get("reason").unwrap_or_default().to_owned(),
    };
    delegations::lend_own(ctx, Party { id: deputy.id.clone(), name: deputy.name.clone() }, &typed).await
}
